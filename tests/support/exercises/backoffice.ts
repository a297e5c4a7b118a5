import { officeWork } from '#tests/support/exercises/office'
import { deskExercises } from '#tests/support/exercises/privacy'
import { randomUUID } from 'node:crypto'
import { deliverMail } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import { suppress } from '#mails/suppressions'
import Feedback from '#models/feedback'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { register, World, type Account } from '#tests/support/world'

/** One request of a platform admin that succeeds. */
export type OfficeExercise = {
  params?: Record<string, string>
  body?: Record<string, unknown>
  /** Who makes the request, if it cannot be any platform admin. */
  as?: Account
}

/** How to make each audited route of the back office succeed once. Each call prepares its own rows. */
export const officeExercises: Record<string, () => Promise<OfficeExercise>> = {
  ...deskExercises,
  ...officeWork,
  'backoffice.feedback.statuses.update': async () => ({
    params: { id: (await sendFeedback()).id },
    body: { status: 'in_progress', lock_version: 1 },
  }),
  'backoffice.feedback.replies.store': async () => ({
    params: { id: (await sendFeedback()).id },
    body: { body: 'Thank you', lock_version: 1 },
  }),
  'backoffice.mails.attempts.store': async () => ({ params: { id: (await failedMail()).id } }),
  'backoffice.suppressions.destroy': async () => {
    const email = `bounced-${randomUUID()}@example.test`
    await Tenancy.system(PLATFORM, () => suppress(email, 'bounced'))
    return { body: { email } }
  },
}

/** A mail of some organisation that its provider refused. */
export async function failedMail(failure = 'http_422', world?: World) {
  const of = world ?? (await World.create('Quay & Sons'))
  const id = await of.inside(() =>
    queueMail({
      template: 'notice',
      to: { email: 'reader@example.test', name: 'A Reader' },
      data: { subject: 'A canary subject', paragraphs: ['A canary sings'] },
      key: randomUUID(),
    })
  )
  await deliverMail(of.organisationId, id, { send: async () => ({ kind: 'refused', failure }) })
  return { id, world: of }
}

/** Feedback of a new account, as the platform has it. */
export async function sendFeedback(message = 'The log is slow') {
  const { userId } = await register('writer')
  return Tenancy.system(PLATFORM, () => Feedback.submit(userId, { message, page: '/raid' }))
}
