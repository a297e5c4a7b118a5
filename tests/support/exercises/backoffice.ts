import Feedback from '#models/feedback'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { register } from '#tests/support/world'

/** One request of a platform admin that succeeds. */
export type OfficeExercise = { params?: Record<string, string>; body?: Record<string, unknown> }

/** How to make each audited route of the back office succeed once. Each call prepares rows of its own. */
export const officeExercises: Record<string, () => Promise<OfficeExercise>> = {
  'backoffice.feedback.statuses.update': async () => ({
    params: { id: (await sendFeedback()).id },
    body: { status: 'in_progress', lock_version: 1 },
  }),
  'backoffice.feedback.replies.store': async () => ({
    params: { id: (await sendFeedback()).id },
    body: { body: 'Thank you', lock_version: 1 },
  }),
}

/** Feedback of a new account, as the platform has it. */
export async function sendFeedback(message = 'The log is slow') {
  const { userId } = await register('writer')
  return Tenancy.system(PLATFORM, () => Feedback.submit(userId, { message, page: '/raid' }))
}
