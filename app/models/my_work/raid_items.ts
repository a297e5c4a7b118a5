import type { Viewer } from '#identity/viewer'
import type { ItemRow, WorkItem, WorkSource } from '#models/my_work/item'
import { inVisibleProjects } from '#models/project/visibility'
import { types } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { IS_OPEN } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The open RAID entries that the viewer owns and that have a day. */
export const myRaidItems: WorkSource = async (viewer, _, most) => {
  const rows = await ownedItems(viewer, 'due_on', 'infinity', most)
  return { items: rows.map((row) => toItem(row, types[row.type])), total: rows[0]?.total ?? 0 }
}

/** The open RAID entries whose review comes up this week, or should have been. */
export const myReviews: WorkSource = async (viewer, { weekEnd }, most) => {
  const rows = await ownedItems(viewer, 'next_review_on', weekEnd, most)
  return { items: rows.map((row) => toItem(row, 'Review')), total: rows[0]?.total ?? 0 }
}

/** Open entries of the viewer whose date in `column` comes no later than `last`, the soonest first. */
function ownedItems(
  viewer: Viewer,
  column: 'due_on' | 'next_review_on',
  last: string,
  most: number
) {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('raid_items.organisation_id = ?', organisationId)
    .add('raid_items.owner_id = ?', viewer.membershipId)
    .add(`raid_items.${column} <= ?::date`, last)
    .add(IS_OPEN)
    .meet(visibleItems(viewer))
    .meet(inVisibleProjects(viewer, 'raid_items'))
  return read<ItemRow>(
    trx,
    `select raid_items.id, raid_items.project_id, projects.code, projects.name as project_name,
            raid_items.type, raid_items.number, raid_items.title, raid_items.${column} as due_on,
            count(*) over ()::integer as total
       from raid_items
       join projects on projects.organisation_id = raid_items.organisation_id
        and projects.id = raid_items.project_id
      where ${conditions.text} order by raid_items.${column}, raid_items.id limit ?`,
    [...conditions.values, most]
  )
}

function toItem(row: ItemRow, what: string): WorkItem {
  return {
    id: row.id,
    what,
    icon: row.type,
    ref: refOf(row.code, row),
    title: row.title,
    href: `/projects/${row.project_id}/raid/${row.id}`,
    projectName: row.project_name,
    dueOn: row.due_on,
  }
}
