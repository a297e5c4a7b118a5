import { notify } from '#models/notification'
import NotificationPreference from '#models/notification_preference'
import type Project from '#models/project'
import type { World } from '#tests/support/world'

/** A notice in an inbox, and a notification preference. */
export async function addNotifications(world: World, project: Project) {
  const { membershipId } = await world.person('manager')
  await world.inside(async () => {
    await notify({
      kind: 'assignment',
      to: [membershipId],
      project,
      path: `/projects/${project.id}`,
      title: 'The crane permit is yours',
      key: 'assignment:1',
    })
    await NotificationPreference.create({ membershipId, kind: 'mention', inApp: true, mail: false })
  })
}
