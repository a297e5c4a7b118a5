import Gate from '#models/gate'
import { lifecycleOf } from '#models/lifecycle/adoption'
import LifecycleTemplate from '#models/lifecycle_template'
import Project from '#models/project'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import type { Role } from '#policies/permissions'

export const gateExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'gates.dates.update': (scene) =>
    onGate(scene, 'manager', {}, { forecast_on: `2031-01-${10 + Math.floor(Math.random() * 20)}` }),
  'gates.baselines.store': (scene) =>
    onGate(
      scene,
      'manager',
      { firstBaselineOn: '2030-03-01', baselineOn: '2030-03-01' },
      { baseline_on: '2030-04-01', baseline_reason: 'The permit came late' }
    ),
  'projects.lifecycle.update': async ({ world, project }) => {
    const { id } = await world.inside(async () => {
      const present = await lifecycleOf(project)
      return LifecycleTemplate.offered().whereNot('id', present!.id).firstOrFail()
    })
    const { lockVersion } = await world.inside(() => Project.findOrFail(project.id))
    return { as: 'manager', body: { lifecycle_id: id, lock_version: lockVersion } }
  },
  'stages.update': async ({ world, project }) => {
    const [stage] = await world.inside(() => project.related('stages').query().exec())
    const end = `2031-02-${10 + Math.floor(Math.random() * 18)}`
    return {
      as: 'manager',
      params: { id: stage.id },
      body: { forecast_end_on: end, lock_version: stage.lockVersion },
    }
  },
}

/** A request about the first gate, after `before` was written to it. */
async function onGate(
  { world, project }: Scene,
  as: Role,
  before: Partial<Gate>,
  body: Record<string, unknown>
): Promise<Exercise> {
  const gate = await world.inside(async () => {
    const first = await Gate.of(project).firstOrFail()
    return first.refersTo(project).merge(before).save()
  })
  return { as, params: { id: gate.id }, body: { lock_version: gate.lockVersion, ...body } }
}
