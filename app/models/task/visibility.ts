import type { RoledProject, Viewer } from '#identity/viewer'
import { visibleItems } from '#models/raid/visibility'
import type { Condition } from '#tenancy/conditions'

/**
 * True of the tasks that the viewer may see in visible projects: all of them, except that a task for a confidential
 * RAID entry is visible only to people who see the entry, its assignee and its author.
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
