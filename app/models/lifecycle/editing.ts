import { closeRanks, move, type Direction } from '#models/lifecycle/ordering'
import type LifecycleTemplate from '#models/lifecycle_template'
import LifecycleTemplateGate from '#models/lifecycle_template_gate'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import { refuse } from '#models/violation'

/** The most that fit on a page. */
const MOST_STAGES = 20

export type GateInput = { name: string; purpose?: string | null }
/** Adds a stage at the end. */
export async function addStage(draft: LifecycleTemplate, name: string) {
  const stages = await stagesOf(draft)
  if (stages.length >= MOST_STAGES) refuse('name', `A lifecycle has at most ${MOST_STAGES} stages`)
  const position = (stages.at(-1)?.position ?? 0) + 1
  await LifecycleTemplateStage.create({ templateId: draft.id, position, name, lockVersion: 1 })
  return draft.tell({ stage: { after: name } })
}

/** Renames a stage if it has not changed since `lockVersion` was read. */
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

/** Removes a stage, with the gate that closes it. */
export async function removeStage(draft: LifecycleTemplate, stage: LifecycleTemplateStage) {
  await stage.delete()
  await closeRanks(await stagesOf(draft))
  return draft.tell({ stage: { before: stage.name } })
}

/** Adds or changes the gate that closes a stage. */
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

/** Removes the gate of a stage, with its criteria. */
export async function removeGate(draft: LifecycleTemplate, stage: LifecycleTemplateStage) {
  const gate = await gateOf(stage)
  if (!gate) return
  await gate.delete()
  return draft.tell({ gate: { before: gate.name } })
}

/** The gate that closes a stage; null for none. */
export function gateOf(stage: LifecycleTemplateStage) {
  return LifecycleTemplateGate.query().where('stage_id', stage.id).first()
}

/** Moves a stage one place up or down among its draft's stages. */
export async function moveStage(
  draft: LifecycleTemplate,
  stage: LifecycleTemplateStage,
  direction: Direction
) {
  return move(draft, 'stage_order', await stagesOf(draft), { id: stage.id, direction })
}

function stagesOf(draft: { id: string }) {
  return LifecycleTemplateStage.query().where('template_id', draft.id).orderBy('position').exec()
}
