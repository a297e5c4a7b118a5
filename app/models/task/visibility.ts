import type { RoledProject, Viewer } from '#identity/viewer'
import { visibleItems } from '#models/raid/visibility'
import type { Condition } from '#tenancy/conditions'

/**
 * True of the tasks that the viewer may see in projects that the viewer may see: all of them, save that
 * what answers a confidential RAID entry shows itself only to those who see the entry, to its assignee
 * and to whoever added it.
 */
export function visibleTasks(viewer: Viewer, project?: RoledProject): Condition {
  const me = viewer.membershipId
  const [entries, values] = visibleItems(viewer, project)
  return [
    `(tasks.raid_item_id is null or tasks.assignee_id = ? or tasks.created_by = ?
      or exists (select from raid_items
        where raid_items.organisation_id = tasks.organisation_id
          and raid_items.id = tasks.raid_item_id and ${entries}))`,
    [me, me, ...values],
  ]
}
