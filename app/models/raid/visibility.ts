import type { RoledProject, Viewer } from '#identity/viewer'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

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

/**
 * True of the items in a project's log: its own, and the dependencies of others that name it as the other
 * side. Leading this project opens none of those that others keep to their leads.
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

/** True of the rows of `table` in projects that the viewer may see; null where that is every project. */
export function inVisibleProjects(viewer: Viewer, table = 'raid_items'): Condition | null {
  const ids = visibleProjectIds(viewer)
  return ids && [`${table}.project_id in (${ids[0]})`, ids[1]]
}

/**
 * True of the items of projects that the viewer may see, on either side of a dependency; null where that is
 * every project.
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

/** Those of some projects that the viewer may see, in one query. */
export async function visibleAmong(ids: string[], viewer: Viewer): Promise<Set<string>> {
  const visible = visibleProjectIds(viewer)
  if (!visible || ids.length === 0) return new Set(ids)
  const { trx } = Tenancy.current()
  const rows = await read<{ id: string }>(
    trx,
    `select id from (${visible[0]}) visible where id = any(?)`,
    [...visible[1], ids]
  )
  return new Set(rows.map(({ id }) => id))
}
