/** What the deciders see of the confidence poll once it is open: never whose answer is whose. */
export type Spread = {
  answers: number
  low: number
  high: number
  median: number
  /** How many gave each score from 1 to 10. */
  counts: number[]
}

const LOWEST = 1
const HIGHEST = 10

/** A poll of one would tell its only decider what they think themselves. */
export const FEWEST_POLLED = 2

/** The spread of the scores; null when no one answered before the chair closed the poll. */
export function spreadOf(scores: number[]): Spread | null {
  if (scores.length === 0) return null
  const sorted = [...scores].sort((one, other) => one - other)
  const counts = Array.from(
    { length: HIGHEST },
    (_, index) => sorted.filter((score) => score === index + LOWEST).length
  )
  return {
    answers: sorted.length,
    low: sorted[0],
    high: sorted[sorted.length - 1],
    median: medianOf(sorted),
    counts,
  }
}

function medianOf(sorted: number[]) {
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length % 2 === 1) return sorted[middle]
  return (sorted[middle - 1] + sorted[middle]) / 2
}
