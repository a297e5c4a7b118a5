import Notification, { type NewNotification } from '#models/notification'
import OutboxMail from '#models/outbox_mail'
import type { World, Person } from '#tests/support/world'

/** A notice to these members. */
export function notice(to: Person[], rest: Partial<NewNotification> = {}): NewNotification {
  return {
    kind: 'assignment',
    to: to.map(({ membershipId }) => membershipId),
    project: null,
    path: '/projects',
    title: 'The crane permit is yours',
    key: 'assignment:1',
    ...rest,
  }
}

/** Who was notified, in the product and by mail. */
export async function told(world: World) {
  return world.inside(async () => {
    const [rows, mails] = [await Notification.all(), await OutboxMail.all()]
    return {
      inApp: rows.map(({ membershipId }) => membershipId),
      byMail: mails.map(({ membershipId }) => membershipId!),
      rows,
      mails,
    }
  })
}
