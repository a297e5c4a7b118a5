import { keptStates } from '#models/condition/enumerations'
import { conditionOwners } from '#models/condition/owners'
import { afterConditionStep, type ConditionStep } from '#models/condition/states'
import { keepTaskInStep } from '#models/condition/task'
import {
  tellClaimed,
  tellHandedOver,
  tellRecovered,
  tellSentBack,
  tellSettled,
} from '#models/condition/notices'
import { today } from '#models/days'
import { moveOn } from '#models/deciding/progress'
import { isApproval } from '#models/deciding/enumerations'
import Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** The owner claims that a condition is met, and gives the evidence. */
export async function claim(
  project: Project,
  condition: GateCondition,
  evidence: string,
  version: number
) {
  await take(project, condition, 'claim', version, {
    claim: evidence,
    claimedBy: Tenancy.current().membershipId,
    claimedOn: today(),
    answer: null,
    answeredBy: null,
    answeredOn: null,
  })
  await tellClaimed(project, condition)
}

/** The chair or the PMO confirms that it is met. */
export async function verify(
  project: Project,
  condition: GateCondition,
  remark: string | null,
  version: number
) {
  await settle(project, condition, 'verify', version, remark)
}

/** The chair or the PMO says what is still missing. */
export async function sendBack(
  project: Project,
  condition: GateCondition,
  reason: string,
  version: number
) {
  await take(project, condition, 'send_back', version, answered(reason))
  await tellSentBack(project, condition)
}

/** The chair waives it, for a reason that stays on record. */
export async function waive(
  project: Project,
  condition: GateCondition,
  reason: string,
  version: number
) {
  await settle(project, condition, 'waive', version, reason)
}

/** Gives the work to someone else; what is asked, and by when, stays. */
export async function handOver(
  project: Project,
  condition: GateCondition,
  ownerId: string,
  version: number
) {
  await condition.lockRow(version)
  if (condition.state !== 'open') refuse('owner_id', 'Only an open condition can change owner')
  const owners = await conditionOwners(project)
  if (!owners.some(({ id }) => id === ownerId)) {
    refuse('owner_id', 'Choose someone who works on this project, or the PMO')
  }
  if (condition.ownerId === ownerId) refuse('owner_id', 'This person is already the owner')
  const before = condition.ownerId
  condition.ownerId = ownerId
  await condition.auditAs('gate_condition.handed_over').saveRevision()
  await keepTaskInStep(project, condition)
  await tellHandedOver(project, condition, before)
}

const actions: Record<ConditionStep, string> = {
  claim: 'gate_condition.claimed',
  verify: 'gate_condition.verified',
  send_back: 'gate_condition.sent_back',
  waive: 'gate_condition.waived',
}

async function take(
  project: Project,
  condition: GateCondition,
  step: ConditionStep,
  version: number,
  changes: Partial<GateCondition>
) {
  await condition.lockRow(version)
  const state = afterConditionStep(condition.state, step)
  if (!state) {
    refuse('state', `${condition.ref} is already ${keptStates[condition.state].toLowerCase()}`)
  }
  condition.merge({ ...changes, state })
  await condition.auditAs(actions[step]).saveRevision()
  await keepTaskInStep(project, condition)
}

function answered(answer: string | null): Partial<GateCondition> {
  return { answer, answeredBy: Tenancy.current().membershipId, answeredOn: today() }
}

/**
 * With the last overdue condition the approval holds again; with the last one that kept the stage locked, the project
 * moves on as the approval said. Other conditions move nothing: the stage may have been changed since.
 */
async function settle(
  project: Project,
  condition: GateCondition,
  step: 'verify' | 'waive',
  version: number,
  answer: string | null
) {
  const { isOverdue: wasOverdue } = condition
  await take(project, condition, step, version, answered(answer))
  await tellSettled(project, condition)
  const gate = await Gate.findIn(project, condition.gateId)
  await gate.holdRow()
  const left = await GateCondition.unsettledAt(gate)
  const decision = await GateDecision.standingAt(gate)
  if (!isApproval(decision?.outcome)) return
  if (wasOverdue && !left.some(({ isOverdue }) => isOverdue)) {
    await tellRecovered(project, gate, condition)
  }
  if (condition.kind === 'before_stage_work') await moveOn(project, gate)
}
