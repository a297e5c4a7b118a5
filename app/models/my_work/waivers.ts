import { today } from '#models/days'
import { isSpokenForBesides, isSpokenForBy } from '#models/deciding/seats'
import { UNSUBMITTED } from '#models/gate/enumerations'
import { gateRef } from '#models/gate/refs'
import { inOffice } from '#models/my_work/office'
import { loadOf, type WorkItem, type WorkSource } from '#models/my_work/item'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { type Condition, Conditions } from '#tenancy/conditions'
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
  is_mine: boolean
  total: number
}

/**
 * The criteria that the viewer, as chair of their gate, is asked to waive; if there is no chair, the PMO has to name
 * one. The same people are notified of the request. It waits for an answer now, whenever the gate is.
 */
export const myWaivers: WorkSource = async (viewer, _, most) => {
  const { trx, organisationId } = Tenancy.current()
  const chaired = [today(), viewer.membershipId]
  const office = inOffice(viewer)
  const conditions = new Conditions()
    .add('gate_criteria.organisation_id = ?', organisationId)
    .add(`gate_criteria.waiver_state = 'requested'`)
    .add('gates.status = any(?)', UNSUBMITTED)
    .add(IS_NOT_OVER)
    .meet(office ? isMineOr(office, chaired) : [IS_MINE, chaired])
    .meet(visibleProjects(viewer))
  const rows = await read<Row>(
    trx,
    `select gate_criteria.id, gate_criteria.project_id, gate_criteria.gate_id, projects.code,
            projects.name as project_name, gates.number, gate_criteria.title,
            ${office ? IS_MINE : 'true'} as is_mine, count(*) over ()::integer as total
       from gate_criteria
       join gates on gates.organisation_id = gate_criteria.organisation_id
        and gates.id = gate_criteria.gate_id
       join projects on projects.organisation_id = gate_criteria.organisation_id
        and projects.id = gate_criteria.project_id
      where ${conditions.text} order by gates.forecast_on, gate_criteria.id limit ?`,
    [...(office ? chaired : []), ...conditions.values, most]
  )
  return loadOf(rows, toItem)
}

/** No one with a part in the matter can agree to it. */
const MANAGER = 'array_remove(array[projects.manager_id], null)'

const CHAIRED = `exists (select from gate_deciders seats
  where seats.organisation_id = gate_criteria.organisation_id
    and seats.gate_id = gate_criteria.gate_id and seats.role = 'chair'`

const IS_MINE = `${CHAIRED} and ${isSpokenForBy(MANAGER)})`

const IS_UNCHAIRED = `not ${CHAIRED} and ${isSpokenForBesides(MANAGER, `'{}'::uuid[]`)})`

function isMineOr([isOffice, values]: Condition, chaired: unknown[]): Condition {
  return [`(${IS_MINE} or ${isOffice} and ${IS_UNCHAIRED})`, [...chaired, ...values, today()]]
}

function toItem(row: Row): WorkItem {
  const gate = `/projects/${row.project_id}/gates/${row.gate_id}`
  return {
    id: row.id,
    what: row.is_mine ? 'Waiver to answer' : 'Chair to choose',
    icon: 'gate',
    ref: gateRef(row.code, row.number),
    title: row.is_mine ? row.title : `Needs a chair to answer: ${row.title}`,
    href: row.is_mine ? `${gate}/criteria/${row.id}` : `${gate}/board`,
    projectName: row.project_name,
    dueOn: null,
    isAsked: true,
  }
}
