import { createRequire } from 'node:module'

/** The package has no types. It finds line breaks by Unicode's algorithm (UAX 14). */
type Breaker = new (text: string) => { nextBreak(): { position: number } | null }

const LineBreaker: Breaker = createRequire(import.meta.url)('linebreak')

/** Scripts without spaces between words, whose words Node finds by dictionary. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{2,}/gu
const words = new Intl.Segmenter('en', { granularity: 'word' })
const graphemes = new Intl.Segmenter('en')

/** A paragraph, split wherever a line may end. Spaces belong to the piece before them. */
export function piecesOf(paragraph: string): string[] {
  const ends = new Set(wordEnds(paragraph))
  const breaker = new LineBreaker(paragraph)
  for (let found = breaker.nextBreak(); found; found = breaker.nextBreak()) ends.add(found.position)
  const pieces: string[] = []
  let start = 0
  for (const end of [...ends].sort((one, other) => one - other)) {
    pieces.push(paragraph.slice(start, end))
    start = end
  }
  return pieces
}

function wordEnds(paragraph: string) {
  return [...paragraph.matchAll(UNSPACED)].flatMap(({ 0: stretch, index: at }) =>
    [...words.segment(stretch)].slice(1).map(({ index }) => at + index)
  )
}

/** The graphemes of a word: it is never split any further. */
export function lettersOf(word: string): string[] {
  return [...graphemes.segment(word)].map(({ segment }) => segment)
}
