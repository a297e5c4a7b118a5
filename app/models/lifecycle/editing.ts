import type { CheckKind, Weight } from '#models/gate/enumerations'
import { weights } from '#models/gate/enumerations'
import { rules } from '#models/gate/rules/index'
import type LifecycleTemplate from '#models/lifecycle_template'
import LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import LifecycleTemplateGate from '#models/lifecycle_template_gate'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import { refuse } from '#models/violation'

/** So many fit on a page, and into a meeting. */
const MOST_STAGES = 20
const MOST_CRITERIA = 40

export type GateInput = { name: string; purpose?: string | null }
export type CriterionInput = {
  title: string
  guidance?: string | null
  weight: Weight
  rule?: string | null
  evidenceRequired?: boolean
}

/** Adds a stage at the end. */
export async function addStage(draft: LifecycleTemplate, name: string) {
  const stages = await stagesOf(draft)
  if (stages.length >= MOST_STAGES) refuse('name', `A lifecycle has at most ${MOST_STAGES} stages`)
  const position = (stages.at(-1)?.position ?? 0) + 1
  await LifecycleTemplateStage.create({ templateId: draft.id, position, name, lockVersion: 1 })
  return draft.tell({ stage: { after: name } })
}

/** Renames a stage if nobody changed it since `lockVersion` was read. */
export async function renameStage(
  draft: LifecycleTemplate,
  stage: LifecycleTemplateStage,
  name: string,
  lockVersion: number
) {
  await stage.lockRow(lockVersion)
  const before = stage.name
  if (before === name) return
  await stage.merge({ name }).saveRevision()
  return draft.tell({ stage: { before, after: name } })
}

/** Takes a stage away, with the gate that closes it. */
export async function removeStage(draft: LifecycleTemplate, stage: LifecycleTemplateStage) {
  await stage.delete()
  await closeRanks(await stagesOf(draft))
  return draft.tell({ stage: { before: stage.name } })
}

/** Sets the gate that closes a stage, or changes it. */
export async function setGate(
  draft: LifecycleTemplate,
  stage: LifecycleTemplateStage,
  input: GateInput,
  lockVersion: number
) {
  const gate = await gateOf(stage)
  if (!gate) {
    const parents = { templateId: draft.id, stageId: stage.id }
    await LifecycleTemplateGate.create({ ...parents, ...input, lockVersion: 1 })
    return draft.tell({ gate: { after: input.name } })
  }
  await gate.lockRow(lockVersion)
  const before = gate.name
  gate.merge(input)
  if (!gate.$isDirty) return
  const purpose = gate.$dirty.purpose !== undefined
  await gate.saveRevision()
  return draft.tell({
    gate: { before, after: gate.name },
    ...(purpose ? { purpose: { after: gate.purpose } } : {}),
  })
}

/** Takes the gate of a stage away, with its criteria. */
export async function removeGate(draft: LifecycleTemplate, stage: LifecycleTemplateStage) {
  const gate = await gateOf(stage)
  if (!gate) return
  await gate.delete()
  return draft.tell({ gate: { before: gate.name } })
}

/** The gate that closes a stage; null where none does. */
export function gateOf(stage: LifecycleTemplateStage) {
  return LifecycleTemplateGate.query().where('stage_id', stage.id).first()
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

/** Changes a criterion if nobody changed it since `lockVersion` was read. */
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

/** Removes a criterion; those behind it move up. */
export async function removeCriterion(
  draft: LifecycleTemplate,
  criterion: LifecycleTemplateCriterion
) {
  await criterion.delete()
  const left = LifecycleTemplateCriterion.query().where('gate_id', criterion.gateId)
  await closeRanks(await left.orderBy('position'))
  return draft.tell({ criterion: { before: described(criterion) } })
}

/** Moves a stage one place up or down among its draft's stages. */
export async function moveStage(
  draft: LifecycleTemplate,
  stage: LifecycleTemplateStage,
  direction: Direction
) {
  return move(draft, 'stage_order', await stagesOf(draft), stage.id, direction)
}

/** Moves a criterion one place up or down among those of its gate. */
export async function moveCriterion(
  draft: LifecycleTemplate,
  criterion: LifecycleTemplateCriterion,
  direction: Direction
) {
  const criteria = await criteriaOf({ id: criterion.gateId })
  return move(draft, 'criterion_order', criteria, criterion.id, direction)
}

export type Direction = 'up' | 'down'
type Placed = LifecycleTemplateStage | LifecycleTemplateCriterion

/** At the end of the list there is nowhere to go, and nothing to tell. */
async function move(
  draft: LifecycleTemplate,
  told: string,
  rows: Placed[],
  id: string,
  direction: Direction
) {
  const place = rows.findIndex((row) => row.id === id)
  const other = rows[place + (direction === 'up' ? -1 : 1)]
  if (!other) return
  const before = rows.map(nameOf)
  const [here, there] = [rows[place].position, other.position]
  // Positions are compared when the transaction ends, so that two rows may change places.
  await rows[place].merge({ position: there }).save()
  await other.merge({ position: here }).save()
  const after = rows.toSorted((one, two) => one.position - two.position).map(nameOf)
  return draft.tell({ [told]: { before, after } })
}

function nameOf(row: Placed) {
  return 'title' in row ? row.title : row.name
}

/** Positions without gaps, in the order that the rows have. */
async function closeRanks(rows: Placed[]) {
  for (const [index, row] of rows.entries()) {
    if (row.position !== index + 1) await row.merge({ position: index + 1 }).save()
  }
}

/** What a rule checks is shown by the data themselves. */
function columnsOf({ rule = null, evidenceRequired = false, ...input }: CriterionInput) {
  const checkKind: CheckKind = rule ? 'rule' : 'manual'
  return { ...input, rule, checkKind, evidenceRequired: !rule && evidenceRequired }
}

function described({ title, weight, rule, evidenceRequired }: LifecycleTemplateCriterion) {
  const check = rule ? `, checked: ${rules[rule]?.label ?? rule}` : ''
  return `${title} (${weights[weight].toLowerCase()}${check}${evidenceRequired ? ', with evidence' : ''})`
}

function stagesOf(draft: { id: string }) {
  return LifecycleTemplateStage.query().where('template_id', draft.id).orderBy('position').exec()
}

function criteriaOf(gate: { id: string }) {
  return LifecycleTemplateCriterion.query().where('gate_id', gate.id).orderBy('position').exec()
}
