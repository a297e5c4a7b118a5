import { v7 as uuidv7 } from 'uuid'
import Membership from '#models/membership'
import { notify } from '#models/notification'
import Organisation from '#models/organisation'
import { mentionOf } from '#models/text/mention'

/**
 * Makes another member owner in place of this one, and tells them and the other owners. Separate from the model, because
 * notices themselves depend on members. Call `Membership.takeTurns` first.
 */
export async function transferOwnership(from: Membership, to: Membership) {
  await from.handOver(to)
  const { name } = await Organisation.current()
  const about = { kind: 'system_alert', project: null, path: `/members/${to.id}` } as const
  const key = `ownership:${uuidv7()}`
  await notify({
    ...about,
    to: [to.id],
    title: `${mentionOf(from.id)} made you an owner of ${name}`,
    detail: `You now have all rights in ${name}. ${mentionOf(from.id)} is an organisation admin.`,
    key,
  })
  await notify({
    ...about,
    to: (await Membership.holding('owner')).filter((id) => id !== to.id),
    title: `${mentionOf(from.id)} transferred ownership of ${name} to ${mentionOf(to.id)}`,
    key,
  })
}
