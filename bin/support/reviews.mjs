import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

/** What people review from time to time, according to `docs/assurance/reviews.json`. */
export function readReviews() {
  return JSON.parse(readFileSync(join(root, 'docs/assurance/reviews.json'), 'utf8'))
}

/** The overdue reviews, each with its date. */
export function overdueReviews(reviews, today = new Date().toISOString().slice(0, 10)) {
  return reviews
    .map((review) => ({ ...review, due: monthsAfter(review.doneOn, review.everyMonths) }))
    .filter(({ due }) => due < today)
}

/** A line for each overdue review. */
export function tellOverdue(overdue) {
  return overdue.map(({ what, due, how }) => `OVERDUE  since ${due}: ${what} (${how})`)
}

/** The same day so many months later; the last day of a shorter month. */
function monthsAfter(day, months) {
  const [year, month, date] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  if (last.getUTCDate() > date) last.setUTCDate(date)
  return last.toISOString().slice(0, 10)
}
