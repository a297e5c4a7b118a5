import { addStage, setGate } from '#models/lifecycle/editing'
import { addCriterion } from '#models/lifecycle/editing_criteria'
import LifecycleTemplate from '#models/lifecycle_template'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

type Body = Record<string, unknown>

/** How to make each audited route of the editor of lifecycles succeed once, on a draft of its own. */
export const lifecycleExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'lifecycles.store': async () => ({ as: 'pmo', body: { name: 'Of our own' } }),
  'lifecycles.update': (scene) => onDraft(scene, (version) => ({ name: 'Renamed', ...version })),
  'lifecycles.destroy': (scene) => onDraft(scene, (version) => version),
  'lifecycles.publications.store': (scene) => onDraft(scene, (version) => version),
  'lifecycles.versions.store': async (scene) => {
    const { as, params } = await onPublished(scene)
    return { as, params }
  },
  'lifecycles.retirements.store': (scene) => onPublished(scene),
  'lifecycles.stages.store': (scene) => onDraft(scene, () => ({ name: 'Aftercare' })),
  'lifecycles.stages.update': (scene) =>
    onPart(scene, 'stages', 'id', { name: 'Another name', lock_version: 1 }),
  'lifecycles.stages.destroy': (scene) => onPart(scene, 'stages', 'id'),
  'lifecycles.stages.positions.update': (scene) =>
    onPart(scene, 'stages', 'stage_id', { direction: 'down' }),
  'lifecycles.gates.update': (scene) =>
    onPart(scene, 'stages', 'stage_id', { name: 'Another name', lock_version: 1 }),
  'lifecycles.gates.destroy': (scene) => onPart(scene, 'stages', 'stage_id'),
  'lifecycles.criteria.store': (scene) =>
    onPart(scene, 'gates', 'gate_id', { title: 'The quay stands', weight: 'should_meet' }),
  'lifecycles.criteria.update': (scene) =>
    onPart(scene, 'criteria', 'id', { title: 'It stands', weight: 'must_meet', lock_version: 1 }),
  'lifecycles.criteria.destroy': (scene) => onPart(scene, 'criteria', 'id'),
  'lifecycles.criteria.positions.update': (scene) =>
    onPart(scene, 'criteria', 'criterion_id', { direction: 'down' }),
}

/** A draft with two stages, a gate and two criteria. */
function newDraft({ world }: Scene) {
  return world.inside(async () => {
    const draft = await LifecycleTemplate.begin({ name: 'Of our own' })
    for (const name of ['Before', 'After']) await addStage(draft, name)
    const { stages } = await draft.parts()
    await setGate(draft, stages[0], { name: 'Between' }, 0)
    const { gates } = await draft.parts()
    for (const title of ['It is safe', 'It is paid']) {
      await addCriterion(draft, gates[0], { title, weight: 'must_meet' })
    }
    return draft
  })
}

async function onDraft(scene: Scene, bodyFor: (version: Body) => Body): Promise<Exercise> {
  const { id, lockVersion } = await newDraft(scene)
  return { as: 'pmo', params: { lifecycle_id: id }, body: bodyFor({ lock_version: lockVersion }) }
}

async function onPublished(scene: Scene): Promise<Exercise> {
  const draft = await newDraft(scene)
  await scene.world.inside(() => draft.publish(draft.lockVersion))
  return {
    as: 'pmo',
    params: { lifecycle_id: draft.id },
    body: { lock_version: draft.lockVersion },
  }
}

async function onPart(
  scene: Scene,
  kind: 'stages' | 'gates' | 'criteria',
  parameter: string,
  body: Body = {}
): Promise<Exercise> {
  const draft = await newDraft(scene)
  const parts = await scene.world.inside(() => draft.parts())
  return {
    as: 'pmo',
    params: { lifecycle_id: draft.id, [parameter]: parts[kind][0].id },
    body,
  }
}
