import type { HttpContext } from '@adonisjs/core/http'
import Feedback from '#models/feedback'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse } from '#models/violation'
import { answerFeedback } from '#validators/feedback'

const ANSWERED_MEANWHILE =
  'Someone else has dealt with this in the meantime. Read the latest above. If your answer is still needed, send it again.'

export default class RepliesController {
  /** Replies. If someone else was faster, the reply stays in the form and is not sent. */
  async store({ params, request, response, session }: HttpContext) {
    const feedback = await Feedback.findById(params.id)
    const { body, lock_version: version } = await request.validateUsing(answerFeedback)
    try {
      await feedback.answer(body, version)
    } catch (error) {
      if (error instanceof StaleRecord) refuse('body', ANSWERED_MEANWHILE)
      throw error
    }
    session.flash('success', 'The answer was sent.')
    return response.seeOther(`/admin/feedback/${feedback.id}`)
  }
}
