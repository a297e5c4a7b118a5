import { UNSUBMITTED } from '#models/gate/enumerations'
import { gateRef } from '#models/gate/refs'
import { loadOf, type WorkSource } from '#models/my_work/item'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  id: string
  project_id: string
  gate_id: string
  code: string
  project_name: string
  number: number
  title: string
  forecast_on: string | null
  total: number
}

/** The criteria that the viewer is responsible for and that are not met yet, by the expected date of their gate. */
export const myCriteria: WorkSource = async (viewer, _, most) => {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('gate_criteria.organisation_id = ?', organisationId)
    .add('gate_criteria.owner_id = ?', viewer.membershipId)
    .add(`gate_criteria.assessment in ('not_assessed', 'partly_met', 'not_met')`)
    .add(`gate_criteria.check_kind = 'manual'`)
    .add('gates.status = any(?)', UNSUBMITTED)
    .add(IS_NOT_OVER)
    .meet(visibleProjects(viewer))
  const rows = await read<Row>(
    trx,
    `select gate_criteria.id, gate_criteria.project_id, gate_criteria.gate_id, projects.code,
            projects.name as project_name, gates.number, gate_criteria.title, gates.forecast_on,
            count(*) over ()::integer as total
       from gate_criteria
       join gates on gates.organisation_id = gate_criteria.organisation_id
        and gates.id = gate_criteria.gate_id
       join projects on projects.organisation_id = gate_criteria.organisation_id
        and projects.id = gate_criteria.project_id
      where ${conditions.text} order by gates.forecast_on, gate_criteria.id limit ?`,
    [...conditions.values, most]
  )
  return loadOf(rows, toItem)
}

function toItem(row: Row) {
  return {
    id: row.id,
    what: 'Gate criterion',
    icon: 'gate',
    ref: gateRef(row.code, row.number),
    title: row.title,
    href: `/projects/${row.project_id}/gates/${row.gate_id}/criteria/${row.id}`,
    projectName: row.project_name,
    dueOn: row.forecast_on,
  }
}
