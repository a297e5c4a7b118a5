import type { Viewer } from '#identity/viewer'
import { waitsForWordOf } from '#models/my_work/dependencies'
import { loadOf, type ItemRow, type WorkItem, type WorkSource } from '#models/my_work/item'
import { visibleProjects } from '#models/project/visibility'
import { types, type RaidType } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { IS_OPEN } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Day = 'due_on' | 'next_review_on'

/** The open RAID entries that the viewer owns and that have a date, except dependencies that they have to answer. */
export const myRaidItems: WorkSource = async (viewer, _, most) => {
  const [isListed, values] = waitsForWordOf(viewer)
  const conditions = owned(viewer, 'due_on', 'infinity').add(`not ${isListed}`, ...values)
  const rows = await readItems(conditions, 'due_on', most)
  return loadOf(rows, (row) => toItem(row, asked[row.type] ?? types[row.type]))
}

/** What is due for an entry on its date, if its kind alone does not say it. */
const asked: Partial<Record<RaidType, string>> = {
  risk: 'Risk response',
  assumption: 'Assumption to validate',
}

/** The open RAID entries whose review comes up this week, or should have been. */
export const myReviews: WorkSource = async (viewer, { weekEnd }, most) => {
  const rows = await readItems(owned(viewer, 'next_review_on', weekEnd), 'next_review_on', most)
  return loadOf(rows, (row) => toItem(row, 'Review'))
}

/** Open entries of the viewer whose date in `column` is no later than `last`, the soonest first. */
function owned(viewer: Viewer, column: Day, last: string) {
  return new Conditions()
    .add('raid_items.organisation_id = ?', Tenancy.current().organisationId)
    .add('raid_items.owner_id = ?', viewer.membershipId)
    .add(`raid_items.${column} <= ?::date`, last)
    .add(IS_OPEN)
    .meet(visibleItems(viewer))
    .meet(visibleProjects(viewer))
}

function readItems(conditions: Conditions, column: Day, most: number) {
  return read<ItemRow>(
    Tenancy.current().trx,
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
