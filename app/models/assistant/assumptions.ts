import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'

/** How many are reviewed at once, those with the longest overdue review first. */
const MOST = 100

/** The assumptions of a project that are still open and may be sent on the viewer’s behalf. */
export async function openAssumptions(project: Project, viewer: Viewer) {
  const open = await RaidItem.visibleIn(project, viewer)
    .where('type', 'assumption')
    .whereIn('status', ['unvalidated', 'validating'])
    .whereNot('sensitivity', 'named_people')
    .orderByRaw('next_review_on nulls first, raid_items.id')
    .limit(MOST)
  return open.map((item) => item.refersTo(project))
}
