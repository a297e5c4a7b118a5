import type Round from '#models/deciding/round'
import Membership from '#models/membership'
import type { Content } from '#models/pack/content'
import { peopleIn } from '#pages/deciding/pack_view'

/** The names of everyone whom these packs, the table of a round or its course tell of. */
export function namesIn(round: Round, packs: Content[]) {
  return Membership.names([
    ...peopleIn(packs),
    ...round.seats.flatMap(({ memberId, deputyId }) => [memberId, deputyId]),
    ...round.votes.flatMap(({ castBy, deciderId }) => [castBy, deciderId]),
    round.review.submittedBy,
    round.review.withdrawnBy,
  ])
}
