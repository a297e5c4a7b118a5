import { inOffice } from '#models/my_work/office'
import { isGone } from '#models/my_work/gone'
import { loadOf, type WorkItem, type WorkSource } from '#models/my_work/item'
import { IS_NOT_OVER } from '#models/project/states'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = { id: string; code: string; name: string; total: number }

/**
 * Projects whose manager is no longer a member, for the people who can appoint one. Until then their reports, and gates
 * that were sent back, wait for no one.
 */
export const myUnledProjects: WorkSource = async (viewer, _, most) => {
  const office = inOffice(viewer)
  if (!office) return { items: [], total: 0 }
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Row>(
    trx,
    `select projects.id, projects.code, projects.name, count(*) over ()::integer as total
       from projects
      where projects.organisation_id = ? and ${IS_NOT_OVER} and ${office[0]}
        and ${isGone('projects', 'manager_id')}
      order by projects.id limit ?`,
    [organisationId, ...office[1], most]
  )
  const mayName = viewer.can('project.update')
  return loadOf(rows, (row) => toItem(row, mayName))
}

/** An owner cannot name a manager, but can name someone who does. */
function toItem({ id, code, name }: Row, mayName: boolean): WorkItem {
  return {
    id,
    what: 'Project without a manager',
    icon: 'project',
    ref: code,
    title: mayName
      ? 'Choose a manager'
      : 'Give someone the PMO role so that they can choose a manager',
    href: mayName ? `/projects/${id}/edit` : '/members',
    projectName: name,
    dueOn: null,
    isAsked: true,
  }
}
