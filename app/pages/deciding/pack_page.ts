import type { Viewer } from '#identity/viewer'
import type Round from '#models/deciding/round'
import { packOf, readableBy } from '#models/review/reading'
import { decisionStates } from '#pages/deciding/decision_view'
import { namesIn } from '#pages/deciding/names'
import { withLinks } from '#pages/deciding/pack_links'
import { packState, reviewHead } from '#pages/deciding/review_page'
import { tableState } from '#pages/deciding/review_table'

/** A whole pack with votes and decision, for the board's papers. */
export async function packPageState(round: Round, viewer: Viewer) {
  const { project, gate, review } = round
  const [own] = await readableBy(viewer, project, [await packOf(review)])
  const names = await namesIn(round, [own.content])
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    review: await reviewHead(review, names, viewer),
    pack: await withLinks(packState(own.content, own.hidden, names, Infinity), round, viewer),
    table: await tableState(round, viewer, names),
    decisions: await decisionStates(round, viewer),
  }
}
