/** Does the work for one after another. A failure does not hold the others up: it is thrown after the last. */
export async function eachInTurn<One, Done>(
  all: One[],
  work: (one: One) => Promise<Done>,
  message: string
): Promise<Done[]> {
  const done: Done[] = []
  const failures: unknown[] = []
  for (const one of all) {
    try {
      done.push(await work(one))
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, message)
  return done
}
