import Notification, { notify } from '#models/notification'
import type { Scene } from '#tests/support/scene'
import type { Exercise } from '#tests/support/exercises'

/** Reading notices, and choosing how to be notified. */
export const notificationExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'notifications.inbox_readings.store': async (scene) => ({
    as: 'manager',
    body: { newest_id: (await tell(scene)).id },
  }),
  'notifications.readings.store': onNotice,
  'notifications.readings.destroy': onNotice,
  'notifications.preferences.update': async () => ({
    as: 'manager',
    body: { 'in_app[]': ['mention'] },
  }),
}

async function onNotice(scene: Scene): Promise<Exercise> {
  return { as: 'manager', params: { id: (await tell(scene)).id } }
}

async function tell({ world, project }: Scene) {
  const { membershipId } = await world.person('manager')
  return world.inside(async () => {
    const [path, title] = [`/projects/${project.id}`, 'The tide gate is yours']
    const key = `exercise:${Math.random()}`
    await notify({ kind: 'assignment', to: [membershipId], project, path, title, key })
    return Notification.findByOrFail('key', key)
  })
}
