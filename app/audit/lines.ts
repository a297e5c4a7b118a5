/**
 * The lines of a text that comes in pieces. Node's readline would also break at U+2028 and U+2029, which JSON leaves as
 * they are within what people wrote.
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r?\n/)
    rest = lines.pop()!
    yield* lines
  }
  yield rest
}
