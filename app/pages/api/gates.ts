import type { Viewer } from '#identity/viewer'
import { conditionKinds, conditionStates } from '#models/condition/enumerations'
import { outcomes } from '#models/deciding/enumerations'
import Gate from '#models/gate'
import { gateStatuses } from '#models/gate/enumerations'
import { readinessOf } from '#models/gate/readiness'
import GateCondition from '#models/gate_condition'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import { listAnswer } from '#pages/api/paging'
import * as a from '#pages/api/shape'
import { represent, type Shape } from '#pages/api/shape'

/** A gate in the API. `outcome` is the latest decision on it. */
export const gateShape: Shape = {
  ...a.id('id'),
  ...a.text('ref'),
  ...a.id('project_id'),
  ...a.id('stage_id'),
  ...a.text('name'),
  ...a.textOrNull('purpose'),
  ...a.oneOf('status', gateStatuses),
  ...a.oneOfOrNull('outcome', outcomes, (gate) => gate.$extras.outcome),
  ...a.dayOrNull('first_baseline_on'),
  ...a.dayOrNull('baseline_on'),
  ...a.dayOrNull('forecast_on'),
  ...a.dayOrNull('actual_on'),
  ...a.momentOf('updated_at'),
  ...a.whole('lock_version'),
}

/** A condition of a gate's approval. */
export const conditionShape: Shape = {
  ...a.id('id'),
  ...a.text('ref'),
  ...a.id('project_id'),
  ...a.id('gate_id'),
  ...a.text('text'),
  ...a.oneOf('kind', conditionKinds),
  ...a.oneOf('state', conditionStates, (condition) => condition.shownState),
  ...a.id('owner_id'),
  ...a.dayOrNull('due_on'),
  ...a.textOrNull('claim'),
  ...a.dayOrNull('claimed_on'),
  ...a.textOrNull('answer'),
  ...a.dayOrNull('answered_on'),
  ...a.momentOf('updated_at'),
  ...a.whole('lock_version'),
}

const itemShape: Shape = {
  ...a.text('title'),
  ...a.textOrNull('detail'),
  ...a.listOf(
    'records',
    { ...a.id('id'), ...a.text('ref'), ...a.text('title'), ...a.text('why') },
    ({ offenders }) => offenders
  ),
  ...a.whole('more'),
}

/** What prevents a gate's submission, and what its deciders will be told. */
export const readinessShape: Shape = {
  ...a.id('gate_id'),
  ...a.yes('is_ready'),
  ...a.listOf('blockers', itemShape),
  ...a.listOf('warnings', itemShape),
}

/** The gates of a project in their order, unpaged: a project has a handful. */
export async function gates(project: Project) {
  const decisions = await GateDecision.standingIn(project)
  const found = await Gate.of(project)
  const rows = found.map((gate) => decided(gate.refersTo(project), decisions.get(gate.id)))
  return listAnswer(() => gateShape, { rows, next: null })
}

/** A gate in the API. */
export async function tellGate(record: Gate) {
  return represent(gateShape, decided(record, await GateDecision.standingAt(record)))
}

function decided(record: Gate, decision?: GateDecision | null) {
  record.$extras.outcome = record.status === 'decided' ? decision?.outcome : null
  return record
}

/** Records that the viewer may not see are counted in `more`. */
export async function readiness(project: Project, record: Gate, viewer: Viewer) {
  const { blockers, warnings } = await readinessOf(project, record, viewer)
  const told = { gate_id: record.id, is_ready: blockers.length === 0, blockers, warnings }
  return represent(readinessShape, told)
}

/** The conditions of a project's approvals, earliest first, unpaged: a project has a handful. */
export async function conditions(project: Project) {
  const found = await GateCondition.of(project)
  const rows = found.map((record) => record.refersTo(project))
  return listAnswer(() => conditionShape, { rows, next: null })
}

/** A condition in the API. */
export function tellCondition(record: GateCondition) {
  return represent(conditionShape, record)
}
