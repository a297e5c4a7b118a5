import type { Viewer } from '#identity/viewer'
import type Round from '#models/deciding/round'
import Membership from '#models/membership'
import { packOf, readableBy } from '#models/review/reading'
import { decisionStates } from '#pages/deciding/decision_view'
import { withLinks } from '#pages/deciding/pack_links'
import { peopleIn } from '#pages/deciding/pack_view'
import { packState, reviewHead } from '#pages/deciding/review_page'
import { tableState } from '#pages/deciding/review_table'

/** A pack in full with what was said and decided, for the board's papers. */
export async function packPageState(round: Round, viewer: Viewer) {
  const { project, gate, review } = round
  const [own] = await readableBy(viewer, project, [await packOf(review)])
  const names = await Membership.names([
    ...peopleIn([own.content]),
    ...round.seats.flatMap(({ memberId, deputyId }) => [memberId, deputyId]),
    ...round.votes.flatMap(({ castBy, deciderId }) => [castBy, deciderId]),
    review.submittedBy,
    review.withdrawnBy,
  ])
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    review: reviewHead(review, names),
    pack: await withLinks(packState(own.content, own.hidden, names, Infinity), round, viewer),
    table: await tableState(round, viewer, names),
    decisions: await decisionStates(round, viewer),
  }
}
