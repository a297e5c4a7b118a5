import type { RoledProject, Viewer } from '#identity/viewer'

type Query = { whereRaw(text: string, values: any[]): unknown }

/** SQL with `?` placeholders, and their values. */
export type Condition = [text: string, values: unknown[]]

/** Narrows a query on raid_items to what the viewer may see. */
export function onlyVisible(query: Query, viewer: Viewer, project?: RoledProject) {
  query.whereRaw(...(visibleItems(viewer, project) as [string, any[]]))
}

/**
 * True of the items that the viewer may see: normal ones; what is kept to project leads if the viewer is
 * one; and what the viewer raised, owns or is named on. Without a project, the leads of each item's own
 * project count.
 */
export function visibleItems(viewer: Viewer, project?: RoledProject): Condition {
  const me = viewer.membershipId
  if (viewer.can('raid.read.leads', project)) {
    return [`(raid_items.sensitivity in ('normal', 'project_leads') or ${OWN})`, [me, me, me]]
  }
  const own: Condition = [`(raid_items.sensitivity = 'normal' or ${OWN})`, [me, me, me]]
  return project ? own : [`(${own[0]} or ${LED})`, [...own[1], me, me]]
}

const OWN = `raid_items.created_by = ? or raid_items.owner_id = ?
  or exists (select from raid_readers
    where raid_readers.organisation_id = raid_items.organisation_id
      and raid_readers.raid_item_id = raid_items.id and raid_readers.membership_id = ?)`

const LED = `raid_items.sensitivity = 'project_leads' and exists (select from projects led
  where led.organisation_id = raid_items.organisation_id and led.id = raid_items.project_id
    and (led.manager_id = ? or led.sponsor_id = ?))`

/** True of the rows of `table` in projects that the viewer may see; null where that is every project. */
export function inVisibleProjects(viewer: Viewer, table = 'raid_items'): Condition | null {
  const ids = visibleProjectIds(viewer)
  return ids && [`${table}.project_id in (${ids[0]})`, ids[1]]
}

/** SQL that answers the ids of the projects that the viewer may see; null where that is every project. */
export function visibleProjectIds(viewer: Viewer): Condition | null {
  if (viewer.seesEveryProject) return null
  const me = viewer.membershipId
  return [VISIBLE_PROJECTS, [me, me, me]]
}

const VISIBLE_PROJECTS = `select projects.id from projects
  where projects.organisation_id = (select app_organisation())
    and (visibility = 'organisation' or manager_id = ? or sponsor_id = ?
      or exists (select from project_members
        where project_members.organisation_id = projects.organisation_id
          and project_members.project_id = projects.id and project_members.membership_id = ?))`
