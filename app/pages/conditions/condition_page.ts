import type { Viewer } from '#identity/viewer'
import { conditionOwners } from '#models/condition/owners'
import { isChairOf } from '#models/deciding/chair'
import Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import GateDecision from '#models/gate_decision'
import Membership from '#models/membership'
import type Project from '#models/project'
import Task from '#models/task'
import { gateRef } from '#models/gate/refs'
import { conditionLine } from '#pages/deciding/decision_view'
import { exportsOf } from '#pages/list_parts'
import { historyOf } from '#pages/history'
import GateConditionPolicy from '#policies/gate_condition_policy'
import { day } from '#registries/formats'

/** The conditions of a project's approvals, gate by gate. */
export async function conditionListState(project: Project) {
  const conditions = await GateCondition.of(project)
  const gates = await Gate.of(project)
  const names = await Membership.names(conditions.map(({ ownerId }) => ownerId))
  const nameOf = (id: string) => names.get(id) ?? 'A former member'
  return {
    exports: exportsOf(`/projects/${project.id}/conditions`),
    groups: gates
      .map((gate) => {
        const own = conditions.filter(({ gateId }) => gateId === gate.id)
        return {
          gate: { id: gate.id, ref: gateRef(project.code, gate.number), name: gate.name },
          lapsed: own.some(({ isOverdue }) => isOverdue),
          conditions: own.map((condition) => conditionLine(condition.refersTo(project), nameOf)),
        }
      })
      .filter(({ conditions: own }) => own.length > 0),
  }
}

/** One condition: what was asked, what was claimed, and what the viewer may do. */
export async function conditionState(project: Project, condition: GateCondition, viewer: Viewer) {
  const [gate, decision, task, names] = await Promise.all([
    Gate.findIn(project, condition.gateId),
    GateDecision.findOrFail(condition.decisionId),
    Task.query().where('gate_condition_id', condition.id).first(),
    Membership.names([condition.ownerId, condition.claimedBy, condition.answeredBy]),
  ])
  const nameOf = (id: string) => names.get(id) ?? 'A former member'
  const isChair = await isChairOf(project, gate, viewer.membershipId)
  const can = abilities(project, condition, viewer, isChair)
  return {
    condition: {
      ...conditionLine(condition, nameOf),
      kept: condition.state,
      claim: condition.claim,
      claimedBy: condition.claimedBy && nameOf(condition.claimedBy),
      claimedOn: condition.claimedOn,
      answer: condition.answer,
      answeredBy: condition.answeredBy && nameOf(condition.answeredBy),
      answeredOn: condition.answeredOn,
      ownerId: condition.ownerId,
      lockVersion: condition.lockVersion,
    },
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    facts: [
      { label: 'Gate', value: `${gate.ref} ${gate.name}`, href: reviewPath(gate, decision) },
      { label: 'Imposed', value: day(decision.decidedAt) },
      ...(task ? [taskFact(project, task)] : []),
    ],
    owners: can.handOver ? await conditionOwners(project) : [],
    history: await historyOf({ entityType: 'gate_condition', entityId: condition.id }, viewer, {
      limit: 10,
    }),
    can,
  }
}

function reviewPath(gate: Gate, { reviewId, projectId }: GateDecision) {
  return `/projects/${projectId}/gates/${gate.id}/reviews/${reviewId}`
}

function taskFact(project: Project, task: Task) {
  const value = task.refersTo(project).ref
  return { label: 'Task', value, href: `/projects/${project.id}/tasks/${task.id}` }
}

function abilities(project: Project, condition: GateCondition, viewer: Viewer, isChair: boolean) {
  const policy = new GateConditionPolicy()
  const { state } = condition
  return {
    claim:
      state === 'open' &&
      viewer.can('gate.condition.claim', project) &&
      policy.claim(viewer, condition),
    verify: state === 'claimed' && policy.verify(viewer, condition, project, isChair),
    waive: !condition.isSettled && policy.waive(viewer, project, isChair),
    handOver: state === 'open' && policy.handOver(viewer, project, isChair),
  }
}
