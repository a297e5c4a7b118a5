import { controller } from '#config/privacy'
import { isAddress } from '#mails/headers'
import { queueMails, type NewMail } from '#mails/outbox'
import type Organisation from '#models/organisation'
import { day } from '#registries/formats'

/** What the platform writes to owners about the state of their organisation. */
const letters = {
  suspended: ({ name, suspensionReason }: Organisation) => ({
    subject: `${name} is suspended`,
    paragraphs: [
      `We have suspended ${name} on Orchestrate. Reason: ${suspensionReason}`,
      'Until it is resumed, nobody can open it, and its emails, reminders, calendars and links are on hold. Nothing has been deleted.',
    ],
  }),
  resumed: ({ name }: Organisation) => ({
    subject: `${name} is open again`,
    paragraphs: [`${name} is open on Orchestrate again. Emails that were on hold are being sent.`],
  }),
  limited: ({ name, maxMembers, maxProjects, maxStorageMb }: Organisation) => ({
    subject: `The limits of ${name} have changed`,
    paragraphs: [
      `From now on, ${name} can have ${atMost(maxMembers, 'members')}, ${atMost(maxProjects, 'projects')} and ${atMost(maxStorageMb, 'MB of files')}.`,
      'Everything it already has stays. You can see the limits under Settings.',
    ],
  }),
  erasing: ({ name, eraseAt }: Organisation) => ({
    subject: `${name} will be erased on ${day(eraseAt)}`,
    paragraphs: [
      `On ${day(eraseAt)} we will erase ${name} and everything in it: projects, files, people and their trail. This cannot be undone.`,
      'We can call it off until then. If you did not ask for this, contact us now. If you need a copy of the data, ask us for one.',
    ],
  }),
  looked_into: ({ name }: Organisation) => ({
    subject: `A platform admin is looking into ${name}`,
    paragraphs: [
      `A platform admin is looking into ${name} on Orchestrate, for an hour at most. They can only read. Each page they read is recorded in its audit trail, with the reason.`,
    ],
  }),
  called_off: ({ name }: Organisation) => ({
    subject: `${name} will not be erased`,
    paragraphs: [
      `We have called off the erasure of ${name}. It stays suspended until it is resumed.`,
    ],
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
  const reached = owners.filter(({ email }) => isAddress(email))
  const mails: NewMail<'notice'>[] = reached.map(({ user_id: id, name, email }) => ({
    template: 'notice',
    to: { email, name },
    data: {
      subject,
      paragraphs: [...paragraphs, `If you have a question, email ${controller.email}.`],
    },
    key: `${letter}:${occasion}:${id}`,
  }))
  return queueMails(mails)
}

function atMost(most: number | null, what: string) {
  return most === null ? `any number of ${what}` : `${most} ${what}`
}
