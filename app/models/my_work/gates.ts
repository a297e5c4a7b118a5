import { RETURNS, type Outcome } from '#models/deciding/enumerations'
import { UNSUBMITTED, type GateStatus } from '#models/gate/enumerations'
import { gateRef } from '#models/gate/refs'
import { EXPECTED_ON } from '#models/gate/to_come'
import { loadOf, type WorkSource } from '#models/my_work/item'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  id: string
  project_id: string
  code: string
  project_name: string
  number: number
  name: string
  status: GateStatus
  /** Null for a gate that is not decided. */
  outcome: Outcome | null
  due_on: string | null
  total: number
}

/**
 * The gates of the viewer's projects that are to be submitted by the end of this week, and those that were deferred,
 * sent back or withdrawn, until they are prepared again.
 */
export const myGates: WorkSource = async (viewer, { weekEnd }, most) => {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('gates.organisation_id = ?', organisationId)
    .add('projects.manager_id = ?', viewer.membershipId)
    .add(IS_NOT_OVER)
    .add(
      `(gates.status = 'withdrawn' or gates.status = 'decided' and standing.outcome = any(?)
        or gates.status = any(?) and ${EXPECTED_ON} <= ?)`,
      RETURNS,
      UNSUBMITTED,
      weekEnd
    )
    .meet(visibleProjects(viewer))
  const rows = await read<Row>(
    trx,
    `select gates.id, gates.project_id, projects.code, projects.name as project_name, gates.number,
            gates.name, gates.status, standing.outcome,
            coalesce(standing.revisit_on, gates.forecast_on, gates.baseline_on) as due_on,
            count(*) over ()::integer as total
       from gates
       join projects on projects.organisation_id = gates.organisation_id
        and projects.id = gates.project_id
       left join lateral (select d.outcome, d.revisit_on from gate_decisions d
         where gates.status = 'decided' and d.organisation_id = gates.organisation_id and d.gate_id = gates.id
         order by d.decided_at desc, d.id desc limit 1) standing on true
      where ${conditions.text} order by due_on, gates.id limit ?`,
    [...conditions.values, most]
  )
  return loadOf(rows, toItem)
}

function toItem(row: Row) {
  return {
    id: row.id,
    what: whatWaits(row),
    icon: 'gate',
    ref: gateRef(row.code, row.number),
    title: `Gate “${row.name}”`,
    href: `/projects/${row.project_id}/gates/${row.id}`,
    projectName: row.project_name,
    dueOn: row.due_on,
  }
}

function whatWaits({ status, outcome }: Row) {
  if (UNSUBMITTED.includes(status)) return 'Gate to submit'
  if (!outcome) return 'Gate withdrawn'
  return outcome === 'rework' ? 'Gate sent back' : 'Gate deferred'
}
