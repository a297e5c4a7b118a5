import type { Section } from '#models/pack/content'
import { UNSETTLED } from '#models/condition/enumerations'
import { conditionRef } from '#models/condition/refs'
import GateCondition from '#models/gate_condition'
import type Project from '#models/project'

/** The conditions of earlier approvals that are not settled yet. */
export async function conditionsSection(project: Project): Promise<Section> {
  const conditions = await GateCondition.query()
    .where('project_id', project.id)
    .whereIn('state', UNSETTLED)
    .orderBy('number')
  return {
    facts: {},
    lists: {
      conditions: conditions.map((condition) => ({
        id: condition.id,
        ref: conditionRef(project.code, condition.number),
        gate_id: condition.gateId,
        text: condition.text,
        owner_id: condition.ownerId,
        kind: condition.kind,
        due_on: condition.dueOn,
        state: condition.state,
        claim: condition.claim,
      })),
    },
  }
}
