import type Round from '#models/deciding/round'
import Membership from '#models/membership'
import type { Content } from '#models/pack/content'
import { peopleIn } from '#pages/deciding/pack_view'

/** The names of everyone who appears in these packs, on the board of a round or in its course. */
export function namesIn(round: Round, packs: Content[]) {
  return Membership.names([
    ...peopleIn(packs),
    ...round.seats.flatMap(({ memberId, deputyId }) => [memberId, deputyId]),
    ...round.votes.flatMap(({ castBy, deciderId }) => [castBy, deciderId]),
    round.review.submittedBy,
    round.review.withdrawnBy,
  ])
}
