import { queueMail } from '#mails/outbox'
import Feedback from '#models/feedback'
import FeedbackReply from '#models/feedback_reply'
import type { Person } from '#tests/support/world'

/** Feedback with its answer. In the product both exist only under the platform's id. */
export async function addFeedback({ userId, email }: Person) {
  const { id } = await Feedback.submit(userId, { message: 'A remark', page: '/projects' })
  const mailId = await queueMail({
    template: 'feedback_reply',
    to: { email },
    data: { message: 'A remark', reply: 'Thank you', path: '/feedback' },
    key: `feedback_reply:${id}`,
  })
  await FeedbackReply.create({ feedbackId: id, mailId, body: 'Thank you' })
}
