import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'

/** Why undoing an import leaves records that the person may not see: no one changes what they cannot see. */
export const HIDDEN = 'has restricted access'

/** The ids of the project's records among these that the viewer may not see. */
export async function hiddenAmong(
  records: (RaidItem | Task)[],
  project: Project,
  viewer: Viewer
): Promise<Set<string>> {
  const idsOf = (kind: typeof RaidItem | typeof Task) =>
    records.filter((record) => record instanceof kind).map(({ id }) => id)
  const items = await RaidItem.visibleIn(project, viewer)
    .whereRaw('raid_items.id = any(?)', [idsOf(RaidItem)])
    .select('raid_items.id')
  const tasks = await Task.visibleIn(project, viewer)
    .whereRaw('tasks.id = any(?)', [idsOf(Task)])
    .select('tasks.id')
  const seen = new Set([...items, ...tasks].map(({ id }) => id))
  return new Set(records.map(({ id }) => id).filter((id) => !seen.has(id)))
}
