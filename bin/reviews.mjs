/**
 * `npm run reviews`: which reviews by people are overdue; exits with 1 when one is, for running on a schedule. With a day,
 * as in `npm run reviews -- 2027-06-01`, those that will be by then.
 */
import { overdueReviews, readReviews, tellOverdue } from './support/reviews.mjs'

const [day] = process.argv.slice(2)
const overdue = overdueReviews(readReviews(), day)
console.log(tellOverdue(overdue).join('\n') || 'No review is overdue.')
process.exitCode = overdue.length > 0 ? 1 : 0
