import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

export const taskExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'tasks.store': async (scene) => ({ as: 'team', body: await fieldsOf(scene) }),
  'tasks.update': async (scene) =>
    onTask(scene, { ...(await fieldsOf(scene)), title: 'Grease both gates' }),
  'tasks.statuses.update': (scene) => onTask(scene, { status: 'in_progress' }),
}

async function fieldsOf({ world }: Scene) {
  const { membershipId } = await world.person('team')
  return { title: 'Paint the gate', assignee: membershipId }
}

async function onTask(scene: Scene, body: Record<string, unknown>): Promise<Exercise> {
  const { id } = await scene.task()
  return { as: 'manager', params: { id }, body: { lock_version: 1, ...body } }
}
