import { handOver } from '#models/import/work'
import type { Exercise } from '#tests/support/exercises'
import { keepMapping } from '#tests/support/imports'
import type { Scene } from '#tests/support/scene'

export const importExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'imports.store': async () => ({
    as: 'manager',
    body: { file: Buffer.from('Risk,Status\nLate crane,Open') },
  }),
  'import_mappings.store': async (scene) => {
    const { id } = await scene.bring('draft')
    const body = { name: `Log ${Math.random()}`, table: 'log!1' }
    return { as: 'manager', params: { id }, body }
  },
  'import_mappings.update': async ({ world }) => {
    const { id } = await keepMapping(world, await world.person('manager'))
    return {
      as: 'manager',
      params: { id },
      body: { name: `Log ${Math.random()}`, lock_version: 1 },
    }
  },
  'import_mappings.destroy': async ({ world }) => {
    const { id } = await keepMapping(world, await world.person('manager'))
    return { as: 'manager', params: { id } }
  },
  'imports.applications.store': async (scene) => {
    const { id } = await scene.bring('draft')
    const mapping = await keepMapping(scene.world, await scene.world.person('manager'))
    return { as: 'manager', params: { id }, body: { mapping: mapping.id, table: 'log!1' } }
  },
  'imports.update': (scene) => onImport(scene, 'draft'),
  'imports.destroy': (scene) => onImport(scene, 'draft'),
  'imports.executions.store': (scene) => onImport(scene, 'draft'),
  'imports.cancellations.store': async (scene) => {
    const draft = await scene.bring('draft')
    await scene.world.inside(
      async () => {
        await draft.lockRow()
        await handOver(draft, 'executing')
      },
      await scene.world.person('manager')
    )
    return { as: 'manager', params: { id: draft.id }, body: {} }
  },
  'imports.reversals.store': (scene) => onImport(scene, 'imported'),
}

async function onImport(scene: Scene, state: 'draft' | 'imported'): Promise<Exercise> {
  const { id } = await scene.bring(state)
  return { as: 'manager', params: { id }, body: {} }
}
