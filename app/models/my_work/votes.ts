import { awaitedReviews, type AwaitedReview } from '#models/deciding/awaited'
import { gateRef } from '#models/gate/refs'
import { loadOf, type WorkSource } from '#models/my_work/item'

/** The gates at which the viewer has yet to vote, or to record the decision, by decision date. */
export const myVotes: WorkSource = async (viewer, _, most) => {
  const rows = await awaitedReviews(viewer, most)
  return loadOf(rows, toItem)
}

function toItem(row: AwaitedReview) {
  return {
    id: row.id,
    what: row.is_polling ? 'Confidence' : row.is_to_record ? 'Decision to record' : 'Vote',
    icon: 'gate',
    ref: gateRef(row.code, row.number),
    title: `Gate “${row.name}”`,
    href: `/projects/${row.project_id}/gates/${row.gate_id}/reviews/${row.id}`,
    projectName: row.project_name,
    dueOn: row.decide_by,
  }
}
