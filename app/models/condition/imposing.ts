import { v7 as uuidv7 } from 'uuid'
import { addConditionTask } from '#models/condition/task'
import GateCondition from '#models/gate_condition'
import type { GivenProposal } from '#models/deciding/proposing'
import { allocateNumbers } from '#models/project/numbers'
import type GateDecision from '#models/gate_decision'
import type Project from '#models/project'

/** What was proposed as conditions of a decision, named and numbered, but not saved yet. */
export async function draftConditions(
  project: Project,
  decision: GateDecision,
  proposals: GivenProposal[]
) {
  const first = await allocateNumbers(project.id, 'condition', proposals.length)
  return proposals.map(({ text, ownerId, kind, dueOn }, index) =>
    new GateCondition()
      .merge({
        id: uuidv7(),
        projectId: project.id,
        gateId: decision.gateId,
        decisionId: decision.id,
        number: first + index,
        state: 'open',
        lockVersion: 1,
        text,
        ownerId,
        kind,
        dueOn,
      })
      .refersTo(project)
  )
}

/** Saves conditions and gives each owner the work as a task. */
export async function imposeConditions(project: Project, conditions: GateCondition[]) {
  for (const condition of conditions) {
    await condition.auditAs('gate_condition.imposed').save()
    await addConditionTask(project, condition)
  }
}
