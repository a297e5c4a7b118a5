import { weights, type CheckKind, type Weight } from '#models/gate/enumerations'
import { rules } from '#models/gate/rules/index'
import { closeRanks, move, type Direction } from '#models/lifecycle/ordering'
import type LifecycleTemplate from '#models/lifecycle_template'
import LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import type LifecycleTemplateGate from '#models/lifecycle_template_gate'
import { refuse } from '#models/violation'

/** The most that fit into a meeting. */
const MOST_CRITERIA = 40

export type CriterionInput = {
  title: string
  guidance?: string | null
  weight: Weight
  rule?: string | null
  evidenceRequired?: boolean
}

/** Adds a criterion at the end of its gate. */
export async function addCriterion(
  draft: LifecycleTemplate,
  gate: LifecycleTemplateGate,
  input: CriterionInput
) {
  const criteria = await criteriaOf(gate)
  if (criteria.length >= MOST_CRITERIA) {
    refuse('title', `A gate has at most ${MOST_CRITERIA} criteria`)
  }
  const position = (criteria.at(-1)?.position ?? 0) + 1
  const criterion = await LifecycleTemplateCriterion.create({
    templateId: draft.id,
    gateId: gate.id,
    position,
    lockVersion: 1,
    ...columnsOf(input),
  })
  return draft.tell({ criterion: { after: described(criterion) } })
}

/** Changes a criterion if it has not changed since `lockVersion` was read. */
export async function changeCriterion(
  draft: LifecycleTemplate,
  criterion: LifecycleTemplateCriterion,
  input: CriterionInput,
  lockVersion: number
) {
  await criterion.lockRow(lockVersion)
  const before = described(criterion)
  const guidance = criterion.guidance
  criterion.merge(columnsOf(input))
  if (!criterion.$isDirty) return
  await criterion.saveRevision()
  const after = described(criterion)
  return draft.tell({
    criterion: before === after ? { after } : { before, after },
    ...(guidance === criterion.guidance
      ? {}
      : { guidance: { before: guidance, after: criterion.guidance } }),
  })
}

/** Removes a criterion; those after it move up. */
export async function removeCriterion(
  draft: LifecycleTemplate,
  criterion: LifecycleTemplateCriterion
) {
  await criterion.delete()
  const left = LifecycleTemplateCriterion.query().where('gate_id', criterion.gateId)
  await closeRanks(await left.orderBy('position'))
  return draft.tell({ criterion: { before: described(criterion) } })
}

/** Moves a criterion one place up or down among those of its gate. */
export async function moveCriterion(
  draft: LifecycleTemplate,
  criterion: LifecycleTemplateCriterion,
  direction: Direction
) {
  const criteria = await criteriaOf({ id: criterion.gateId })
  return move(draft, 'criterion_order', criteria, { id: criterion.id, direction })
}

/** The data themselves are the evidence for what a rule checks. */
function columnsOf({ rule = null, evidenceRequired = false, ...input }: CriterionInput) {
  const checkKind: CheckKind = rule ? 'rule' : 'manual'
  return { ...input, rule, checkKind, evidenceRequired: !rule && evidenceRequired }
}

function described({ title, weight, rule, evidenceRequired }: LifecycleTemplateCriterion) {
  const check = rule ? `, checked: ${rules[rule]?.label ?? rule}` : ''
  return `${title} (${weights[weight].toLowerCase()}${check}${evidenceRequired ? ', with evidence' : ''})`
}

function criteriaOf(gate: { id: string }) {
  return LifecycleTemplateCriterion.query().where('gate_id', gate.id).orderBy('position').exec()
}
