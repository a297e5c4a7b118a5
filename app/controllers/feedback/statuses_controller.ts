import type { HttpContext } from '@adonisjs/core/http'
import Feedback from '#models/feedback'
import { feedbackStatuses } from '#models/feedback/states'
import { moveFeedback } from '#validators/feedback'

export default class StatusesController {
  async update({ params, request, response, session }: HttpContext) {
    const feedback = await Feedback.findById(params.id)
    const { status, lock_version: version } = await request.validateUsing(moveFeedback)
    await feedback.moveTo(status, version)
    session.flash('success', `The feedback is now ${feedbackStatuses[status].toLowerCase()}.`)
    return response.seeOther(`/admin/feedback/${feedback.id}`)
  }
}
