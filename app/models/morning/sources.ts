import { overdueDigests } from '#models/morning/overdue'
import { reportsDue } from '#models/morning/reports'
import { reviewsDue } from '#models/morning/reviews'
import type { Morning } from '#models/morning/round'
import { tokensEnding } from '#models/morning/tokens'
import type { NewNotification } from '#models/notification'

/** What a new day brings to members where it is morning, found in a fixed number of queries. */
type MorningSource = (mornings: Morning[]) => Promise<NewNotification[]>

/** Everything that is sent in the morning. A new occasion is a new line. */
export const morningSources: MorningSource[] = [
  reviewsDue,
  overdueDigests,
  reportsDue,
  tokensEnding,
]
