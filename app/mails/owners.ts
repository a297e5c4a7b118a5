import { controller } from '#config/privacy'
import { queueMails, type NewMail } from '#mails/outbox'
import type Organisation from '#models/organisation'
import { day } from '#registries/formats'

/** What the platform writes to owners about how their organisation stands. */
const letters = {
  suspended: ({ name, suspensionReason }: Organisation) => ({
    subject: `${name} is suspended`,
    paragraphs: [
      `We suspended ${name} on Orchestrate. The reason: ${suspensionReason}`,
      'Until it is resumed nobody can open it, and its mails, reminders, calendars and links rest. Nothing is deleted.',
    ],
  }),
  resumed: ({ name }: Organisation) => ({
    subject: `${name} goes on`,
    paragraphs: [`${name} is open on Orchestrate again. What waited is sent now.`],
  }),
  limited: ({ name, maxMembers, maxProjects, maxStorageMb }: Organisation) => ({
    subject: `What ${name} may have was changed`,
    paragraphs: [
      `From now on ${name} may have ${atMost(maxMembers, 'members')}, ${atMost(maxProjects, 'projects')} and ${atMost(maxStorageMb, 'MB of files')}.`,
      'What it has already stays. The limits stand under Settings.',
    ],
  }),
  erasing: ({ name, eraseAt }: Organisation) => ({
    subject: `${name} will be erased on ${day(eraseAt)}`,
    paragraphs: [
      `On ${day(eraseAt)} we erase ${name} with everything that it holds: projects, files, people and their trail. That cannot be undone afterwards.`,
      'Until then it can be called off. If you did not ask for this, write to us now. Ask us for a copy of its data if you need one.',
    ],
  }),
  looked_into: ({ name }: Organisation) => ({
    subject: `A platform admin reads ${name}`,
    paragraphs: [
      `A platform admin looks into ${name} on Orchestrate, for an hour at most. Nothing can be changed, and each page that is read stands in its audit trail, with the reason.`,
    ],
  }),
  called_off: ({ name }: Organisation) => ({
    subject: `${name} will not be erased`,
    paragraphs: [`The erasure of ${name} was called off. It stays suspended until it is resumed.`],
  }),
}

export type Letter = keyof typeof letters

/**
 * Queues the letter to each owner among the platform's own mails, which go out while the organisation rests.
 * `occasion` keeps it from being written twice.
 */
export function writeToOwners(
  letter: Letter,
  organisation: Organisation,
  owners: { user_id: string; name: string; email: string }[],
  occasion: string
) {
  const { subject, paragraphs } = letters[letter](organisation)
  const mails: NewMail<'notice'>[] = owners.map(({ user_id: id, name, email }) => ({
    template: 'notice',
    to: { email, name },
    data: { subject, paragraphs: [...paragraphs, `Write to ${controller.email} about it.`] },
    key: `${letter}:${occasion}:${id}`,
  }))
  return queueMails(mails)
}

function atMost(most: number | null, what: string) {
  return most === null ? `as many ${what} as it likes` : `${most} ${what}`
}
