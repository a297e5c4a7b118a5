import LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import LifecycleTemplateGate from '#models/lifecycle_template_gate'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import { insertRows } from '#tenancy/bulk'
import { v7 as uuidv7 } from 'uuid'

/** The parts of a version of a lifecycle, stages and criteria in order. */
export type LifecycleParts = {
  stages: LifecycleTemplateStage[]
  gates: LifecycleTemplateGate[]
  criteria: LifecycleTemplateCriterion[]
}

/** Everything in one version, in three queries. */
export async function partsOf(template: { id: string }): Promise<LifecycleParts> {
  const stages = await LifecycleTemplateStage.query()
    .where('template_id', template.id)
    .orderBy('position')
  const gates = await LifecycleTemplateGate.query().where('template_id', template.id)
  const criteria = await LifecycleTemplateCriterion.query()
    .where('template_id', template.id)
    .orderBy('position')
  inOrderOf(stages, gates, ({ stageId }) => stageId)
  inOrderOf(gates, criteria, ({ gateId }) => gateId)
  return { stages, gates, criteria }
}

/** Sorts rows in the order of their parents; those of one parent keep their order. */
function inOrderOf<Row>(parents: { id: string }[], rows: Row[], parentOf: (row: Row) => string) {
  const places = new Map(parents.map(({ id }, place) => [id, place]))
  rows.sort((one, other) => places.get(parentOf(one))! - places.get(parentOf(other))!)
}

/** Gives a draft the same stages, gates and criteria as another version. */
export async function copyParts(from: LifecycleParts, draft: { id: string }) {
  const ids = freshIds([...from.stages, ...from.gates])
  const template = { template_id: draft.id }
  await insertRows(
    'lifecycle_template_stages',
    from.stages.map(({ id, position, name }) => ({ ...template, id: ids.get(id), position, name }))
  )
  await insertRows(
    'lifecycle_template_gates',
    from.gates.map(({ id, stageId, name, purpose }) => ({
      ...template,
      id: ids.get(id),
      stage_id: ids.get(stageId),
      name,
      purpose,
    }))
  )
  await insertRows(
    'lifecycle_template_criteria',
    from.criteria.map((criterion) => ({
      ...template,
      ...criterionColumns(criterion),
      gate_id: ids.get(criterion.gateId),
    }))
  )
}

/** A new id for each row, by the id of its original. */
export function freshIds(rows: { id: string }[]) {
  return new Map(rows.map(({ id }) => [id, uuidv7()]))
}

/** A criterion's content, as columns of whatever it is copied into; `gate_id` is the copy's own. */
export function criterionColumns(criterion: LifecycleTemplateCriterion) {
  return {
    id: uuidv7(),
    position: criterion.position,
    title: criterion.title,
    guidance: criterion.guidance,
    weight: criterion.weight,
    check_kind: criterion.checkKind,
    rule: criterion.rule,
    evidence_required: criterion.evidenceRequired,
  }
}
