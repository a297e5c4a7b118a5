import { listEscalations, type EscalationRow } from '#models/raid/escalation_list'
import { readEscalationFilters } from '#models/raid/escalation_filters'
import { loadOf, type WorkItem, type WorkSource } from '#models/my_work/item'
import { refOf } from '#models/raid/refs'

/** What was escalated to a level that the viewer is responsible for, or to the viewer. */
export const myEscalations: WorkSource = async (viewer, _, most) => {
  const filters = readEscalationFilters({ asked: 'me', sort: 'due' })
  const { rows } = await listEscalations(viewer, { ...filters, perPage: most })
  return loadOf(rows, toItem)
}

function toItem(row: EscalationRow): WorkItem {
  return {
    id: row.id,
    what: 'Escalation to answer',
    icon: row.type,
    ref: refOf(row.project_code, row),
    title: row.ask ?? row.title,
    href: `/projects/${row.project_id}/raid/${row.id}#escalation`,
    projectName: row.project_name,
    dueOn: row.due_on,
    isAsked: true,
  }
}
