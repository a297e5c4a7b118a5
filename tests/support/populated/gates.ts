import { v7 as uuidv7 } from 'uuid'
import { DateTime } from 'luxon'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import LifecycleTemplate from '#models/lifecycle_template'
import LifecycleTemplateGate from '#models/lifecycle_template_gate'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { allocateNumbers } from '#models/project/numbers'
import { insertRows } from '#tenancy/bulk'
import type { World } from '#tests/support/world'

/** Adds what a project's own gates do not have by default, and the draft of a lifecycle. */
export function addGateRows(world: World, project: Project) {
  return world.inside(async () => {
    const gates = await Gate.of(project)
    const gate = gates.at(-1)!.refersTo(project)
    const criterion = (await GateCriterion.of(gate)).at(-1)!.refersTo(gate)
    const item = await RaidItem.query().where('project_id', project.id).firstOrFail()
    await GateEvidence.addRecord(criterion, item.refersTo(project))
    await GateEvidence.addFile(criterion, 'minutes.txt', Buffer.from('All agreed.'))
    await addBareCriterion(project, gate)
    await addBareGate(project, gate.templateId)
    await addDraft()
  })
}

/** The scene's criterion is the newest, and that one has evidence. */
const LONG_AGO = { createdAt: DateTime.utc().minus({ years: 1 }) }

/** A criterion that nothing depends on: its own references can be tried separately. */
function addBareCriterion(project: Project, gate: Gate) {
  return new GateCriterion()
    .merge({
      projectId: project.id,
      gateId: gate.id,
      position: 99,
      title: 'The keys are handed over',
      weight: 'should_meet',
      checkKind: 'manual',
      assessment: 'not_assessed',
      lockVersion: 1,
      ...LONG_AGO,
    } as any)
    .refersTo(gate)
    .save()
}

/** A gate and a stage that nothing depends on: their own references can be tried separately. */
async function addBareGate(project: Project, templateId: string) {
  const [stage] = await project.related('stages').query().clearOrder().orderBy('position', 'desc')
  const number = await allocateNumbers(project.id, 'gate', 1)
  await new Gate()
    .merge({
      projectId: project.id,
      stageId: stage.id,
      templateId,
      number,
      position: number,
      name: 'Handover',
      status: 'planned',
      lockVersion: 1,
      ...LONG_AGO,
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
