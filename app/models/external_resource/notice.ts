import { queueMail } from '#mails/outbox'
import { responsible } from '#mails/responsible'
import type ExternalResource from '#models/external_resource'
import { openTasksOf } from '#models/external_resource/open_work'
import Organisation from '#models/organisation'
import { sendLinks, type Addressee } from '#models/task_link/sending'
import Tenancy from '#tenancy/tenancy'

/** Tells a person that their name and address are stored, why, for how long, and what they can do about it. */
export async function sendNotice(person: ExternalResource, by: { name: string }) {
  const { name: organisation } = await Organisation.current()
  await queueMail({
    template: 'external_notice',
    to: { email: person.email! },
    data: {
      organisation,
      addedBy: by.name,
      name: person.name,
      path: '/privacy',
      ...responsible,
    },
    // Each version of the record has one address, and each new address one notice.
    key: `external_notice:${person.id}:${person.lockVersion}`,
  })
}

/** Mails links to all of their open work to a person whose address a member has only now added. */
export async function sendOpenLinks(person: Addressee) {
  if (!Tenancy.current().membershipId) return
  await sendLinks(await openTasksOf(person), person)
}
