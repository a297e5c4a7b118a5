import type { RoledProject, Viewer } from '#identity/viewer'
import { visibleProjectIds } from '#models/project/visibility'
import type { Condition } from '#tenancy/conditions'

type Query = { whereRaw(text: string, values: any[]): unknown }

/** Narrows a query on raid_items to what the viewer may see. */
export function onlyVisible(query: Query, viewer: Viewer, project?: RoledProject) {
  query.whereRaw(...(visibleItems(viewer, project) as [string, any[]]))
}

/**
 * True of the items that the viewer may see: normal ones; those kept to project leads if the viewer is one; and those
 * the viewer raised, owns or is named on. Without a project, the leads of each item's own project count.
 */
export function visibleItems(viewer: Viewer, project?: RoledProject): Condition {
  const me = viewer.membershipId
  if (viewer.can('raid.read.leads', project)) {
    return [`(raid_items.sensitivity in ('normal', 'project_leads') or ${OWN})`, [me, me, me]]
  }
  const own: Condition = [`(raid_items.sensitivity = 'normal' or ${OWN})`, [me, me, me]]
  return project ? own : [`(${own[0]} or ${LED})`, [...own[1], me, me]]
}

/**
 * True of the items in a project's log: its own, and the dependencies of others that name it as the other side. Leading
 * this project opens none of those that others keep to their leads.
 */
export function inLogOf(project: RoledProject & { id: string }, viewer: Viewer): Condition {
  const own = visibleItems(viewer, project)
  const shared = sharedWith(project, viewer)
  return [
    `((raid_items.project_id = ? and ${own[0]}) or (${shared[0]}))`,
    [project.id, ...own[1], ...shared[1]],
  ]
}

/** True of the visible dependencies of other projects that name this one as the other side. */
export function sharedWith(project: { id: string }, viewer: Viewer): Condition {
  const [visible, values] = visibleItems(viewer)
  return [
    `raid_items.counterpart_project_id = ? and raid_items.type = 'dependency' and ${visible}`,
    [project.id, ...values],
  ]
}

const OWN = `raid_items.created_by = ? or raid_items.owner_id = ?
  or exists (select from raid_readers
    where raid_readers.organisation_id = raid_items.organisation_id
      and raid_readers.raid_item_id = raid_items.id and raid_readers.membership_id = ?)`

const LED = `raid_items.sensitivity = 'project_leads' and exists (select from projects led
  where led.organisation_id = raid_items.organisation_id and led.id = raid_items.project_id
    and (led.manager_id = ? or led.sponsor_id = ?))`

/**
 * True of the items of projects that the viewer may see, on either side of a dependency; null when that is every
 * project.
 */
export function onVisibleSide(viewer: Viewer): Condition | null {
  const ids = visibleProjectIds(viewer)
  return (
    ids && [
      `(raid_items.project_id in (${ids[0]}) or (raid_items.type = 'dependency'
        and raid_items.counterpart_project_id in (${ids[0]})))`,
      [...ids[1], ...ids[1]],
    ]
  )
}
