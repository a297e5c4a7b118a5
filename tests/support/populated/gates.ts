import { v7 as uuidv7 } from 'uuid'
import { DateTime } from 'luxon'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import LifecycleTemplate from '#models/lifecycle_template'
import LifecycleTemplateGate from '#models/lifecycle_template_gate'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import type Project from '#models/project'
import { allocateNumbers } from '#models/raid/refs'
import RaidItem from '#models/raid_item'
import { insertRows } from '#tenancy/bulk'
import type { World } from '#tests/support/world'

/** Adds what a project's own gates do not have by themselves, and the draft of a lifecycle. */
export function addGateRows(world: World, project: Project) {
  return world.inside(async () => {
    const [gate] = await Gate.of(project)
    const [criterion] = await GateCriterion.of(gate)
    const item = await RaidItem.query().where('project_id', project.id).firstOrFail()
    await GateEvidence.create({
      projectId: project.id,
      criterionId: criterion.id,
      kind: 'record',
      name: 'Crane permit',
      raidItemId: item.id,
      recordRef: `${project.code}-R${item.number}`,
    })
    await addBareGate(project, gate.templateId)
    await addDraft()
  })
}

/** A gate and a stage that nothing hangs on: their own references can be tried by themselves. */
async function addBareGate(project: Project, templateId: string) {
  const [stage] = await project.related('stages').query().clearOrder().orderBy('position', 'desc')
  const number = await allocateNumbers(project.id, 'gate', 1)
  await new Gate()
    .merge({
      ...{ projectId: project.id, stageId: stage.id, templateId, number, position: number },
      ...{ name: 'Handover', status: 'planned', lockVersion: 1 },
      // The scene's gate is the newest, and that one has criteria.
      createdAt: DateTime.utc().minus({ years: 1 }),
    })
    .refersTo(project)
    .save()
  const position = stage.position + 1
  const { id } = project
  await insertRows('stages', [
    { id: uuidv7(), project_id: id, position, name: 'Aftercare', lock_version: 1 },
  ])
}

async function addDraft() {
  const published = await LifecycleTemplate.offered().firstOrFail()
  const { id: templateId } = await published.nextDraft()
  const last = await LifecycleTemplateStage.query()
    .where('template_id', templateId)
    .orderBy('position', 'desc')
    .firstOrFail()
  await LifecycleTemplateGate.create({ templateId, stageId: last.id, name: 'Handover' })
  await LifecycleTemplateStage.create({
    templateId,
    position: last.position + 1,
    name: 'Aftercare',
  })
}
