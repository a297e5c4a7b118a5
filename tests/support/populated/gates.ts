import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import LifecycleTemplate from '#models/lifecycle_template'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import type { World } from '#tests/support/world'

/** Adds what a project's own gates do not have by themselves, and the draft of a lifecycle. */
export function addGateRows(world: World, project: Project) {
  return world.inside(async () => {
    const [gate] = await Gate.of(project)
    const criterion = (await GateCriterion.of(gate).orderBy('position', 'desc').first())!
    const item = await RaidItem.query().where('project_id', project.id).firstOrFail()
    await GateEvidence.create({
      projectId: project.id,
      criterionId: criterion.id,
      kind: 'record',
      name: 'Crane permit',
      raidItemId: item.id,
      recordRef: `${project.code}-R${item.number}`,
    })
    const published = await LifecycleTemplate.offered().firstOrFail()
    await published.nextDraft()
  })
}
