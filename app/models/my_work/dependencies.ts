import type { Viewer } from '#identity/viewer'
import { isGone } from '#models/my_work/gone'
import { loadOf, type WorkItem, type WorkSource } from '#models/my_work/item'
import { ANOTHER } from '#models/raid/other_projects'
import { refOf } from '#models/raid/refs'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleItems } from '#models/raid/visibility'
import { Conditions, type Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  id: string
  project_id: string
  project_name: string
  home_code: string | null
  number: number
  title: string
  due_on: string | null
  total: number
}

/**
 * The dependencies between projects that wait for the answer of a project that the viewer manages; for the PMO also of
 * those without a manager. The same people are notified of them; owners, who are notified when there is no PMO, cannot
 * answer, and have the project without a manager among their work.
 */
export const myDependencies: WorkSource = async (viewer, _, most) => {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('raid_items.organisation_id = ?', organisationId)
    .add(IS_AWAITED)
    .meet(isSpokenForBy(viewer))
    .meet(visibleItems(viewer))
  const rows = await read<Row>(
    trx,
    `select raid_items.id, projects.id as project_id, projects.name as project_name,
            case when raid_items.project_id = projects.id then projects.code end as home_code,
            raid_items.number, raid_items.title, raid_items.due_on,
            count(*) over ()::integer as total
       from raid_items
       join projects on projects.organisation_id = raid_items.organisation_id
        and ${IS_ASKED}
      where ${conditions.text} order by raid_items.due_on, raid_items.id limit ?`,
    [...conditions.values, most]
  )
  return loadOf(rows, toItem)
}

/** True of the entries that are already among those dependencies. */
export function waitsForWordOf(viewer: Viewer): Condition {
  const [isSpokenFor, values] = isSpokenForBy(viewer)
  return [
    `(${IS_AWAITED} and exists (select from projects
      where projects.organisation_id = raid_items.organisation_id and ${IS_ASKED}
        and ${isSpokenFor}))`,
    values,
  ]
}

const IS_AWAITED = `raid_items.awaited_side is not null
  and raid_items.counterpart_project_id is not null`

/** True of the one of `projects` whose answer a dependency waits for. */
const IS_ASKED = `projects.id = case raid_items.awaited_side when 'home' then raid_items.project_id
  else raid_items.counterpart_project_id end`

function isSpokenForBy({ membershipId, role }: Viewer): Condition {
  return [
    `((projects.manager_id = ? or ?::boolean and ${isGone('projects', 'manager_id')}) and ${IS_NOT_OVER})`,
    [membershipId, role === 'pmo'],
  ]
}

function toItem(row: Row): WorkItem {
  return {
    id: row.id,
    what: row.home_code ? 'Dependency to settle' : `Dependency of ${ANOTHER}`,
    icon: 'dependency',
    ref: refOf(row.home_code, { type: 'dependency', number: row.number }),
    title: row.title,
    href: `/projects/${row.project_id}/raid/${row.id}#agreement`,
    projectName: row.project_name,
    dueOn: row.due_on,
    isAsked: true,
  }
}
