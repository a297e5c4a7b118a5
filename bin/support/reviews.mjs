import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

/** What people look at again from time to time, as `docs/assurance/reviews.json` has it. */
export function readReviews() {
  return JSON.parse(readFileSync(join(root, 'docs/assurance/reviews.json'), 'utf8'))
}

/** The reviews whose day is past, each with that day. */
export function overdueReviews(reviews, today = new Date().toISOString().slice(0, 10)) {
  return reviews
    .map((review) => ({ ...review, due: monthsAfter(review.doneOn, review.everyMonths) }))
    .filter(({ due }) => due < today)
}

/** A line for each overdue review. */
export function tellOverdue(overdue) {
  return overdue.map(({ what, due, how }) => `OVERDUE  since ${due}: ${what} (${how})`)
}

/** The same day so many months later; the last of its month where that is shorter. */
function monthsAfter(day, months) {
  const [year, month, date] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  if (last.getUTCDate() > date) last.setUTCDate(date)
  return last.toISOString().slice(0, 10)
}
