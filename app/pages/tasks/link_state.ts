import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import type Task from '#models/task'
import TaskLink from '#models/task_link'
import { iso } from '#registries/formats'

/** How a person outside reaches their task, for people who may change it; null when a member has it. */
export async function taskLinkState(task: Task) {
  if (!task.externalResourceId) return null
  const person = await ExternalResource.findById(task.externalResourceId)
  const link = await TaskLink.of(task)
  const names = await Membership.names([link?.sentBy])
  return {
    person: person.name,
    canSend: person.state === 'active' && person.email !== null,
    why: whyNot(person),
    isOpen: link?.isOpen ?? false,
    isRevoked: link !== null && link.revokedAt !== null,
    sentAt: link && iso(link.sentAt),
    sentBy: names.get(link?.sentBy ?? '') ?? 'a former member',
    opensUntil: link && iso(link.opensUntil),
  }
}

function whyNot({ state, email }: ExternalResource) {
  if (state === 'archived') return 'This person is archived, so you cannot send a link.'
  if (state === 'joined') return 'This person is now a member, so you cannot send a link.'
  if (!email) {
    return 'This person has no email address, so you cannot send a link. An owner or admin can add one.'
  }
  return null
}
