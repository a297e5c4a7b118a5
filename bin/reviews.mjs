/** `npm run reviews`: which reviews by people are overdue; exits with 1 when one is, for running on a schedule. */
import { overdueReviews, readReviews, tellOverdue } from './support/reviews.mjs'

const overdue = overdueReviews(readReviews())
console.log(tellOverdue(overdue).join('\n') || 'No review is overdue.')
process.exitCode = overdue.length > 0 ? 1 : 0
