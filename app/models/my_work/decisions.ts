import { GONE } from '#models/my_work/gone'
import { loadOf, type WorkItem, type WorkSource } from '#models/my_work/item'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { refOf } from '#models/raid/refs'
import { visibleItems } from '#models/raid/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  id: string
  project_id: string
  code: string
  project_name: string
  number: number
  title: string
  due_on: string | null
  is_mine: boolean
  total: number
}

/**
 * The decisions that the viewer is asked to take, and those of projects that they manage whose decider has left, until
 * they are recorded. One that the viewer owns and that has a date is among their entries.
 */
export const myDecisions: WorkSource = async (viewer, _, most) => {
  const { trx, organisationId } = Tenancy.current()
  const me = viewer.membershipId
  const conditions = new Conditions()
    .add('raid_items.organisation_id = ?', organisationId)
    .add(IS_TO_TAKE)
    .add(
      `(raid_items.decider_id = (select ?::uuid) or raid_items.project_id = any(${LED}) and ${DECIDER_IS_GONE})`,
      me,
      me
    )
    .add('(raid_items.owner_id is distinct from ? or raid_items.due_on is null)', me)
    .add(IS_NOT_OVER)
    .meet(visibleItems(viewer))
    .meet(visibleProjects(viewer))
  const rows = await read<Row>(
    trx,
    `select raid_items.id, raid_items.project_id, projects.code, projects.name as project_name,
            raid_items.number, raid_items.title, raid_items.due_on,
            raid_items.decider_id = ? as is_mine, count(*) over ()::integer as total
       from raid_items
       join projects on projects.organisation_id = raid_items.organisation_id
        and projects.id = raid_items.project_id
      where ${conditions.text} order by raid_items.due_on, raid_items.id limit ?`,
    [me, ...conditions.values, most]
  )
  return loadOf(rows, toItem)
}

const IS_TO_TAKE = `raid_items.type = 'decision' and raid_items.status = 'proposed'
  and raid_items.decider_id is not null`

/** As values, so that each half of the query has an index. */
const LED = `array(select led.id from projects led
  where led.organisation_id = (select app_organisation()) and led.manager_id = (select ?::uuid))`

const DECIDER_IS_GONE = `raid_items.decider_id = any(${GONE})`

function toItem(row: Row): WorkItem {
  return {
    id: row.id,
    what: row.is_mine ? 'Decision to make' : 'Decision without a decider',
    icon: 'decision',
    ref: refOf(row.code, { type: 'decision', number: row.number }),
    title: row.title,
    href: `/projects/${row.project_id}/raid/${row.id}`,
    projectName: row.project_name,
    dueOn: row.due_on,
    isAsked: true,
  }
}
