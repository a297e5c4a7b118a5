/** `npm run reviews`: which reviews by people are overdue; ends with 1 where one is, for whoever asks on a schedule. */
import { overdueReviews, readReviews, tellOverdue } from './support/reviews.mjs'

const overdue = overdueReviews(readReviews())
console.log(tellOverdue(overdue).join('\n') || 'No review is overdue.')
process.exitCode = overdue.length > 0 ? 1 : 0
