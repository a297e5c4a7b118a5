import type { HttpContext } from '@adonisjs/core/http'
import Feedback from '#models/feedback'
import { inboxState, inboxEntryState } from '#pages/feedback/inbox_page'

export default class InboxController {
  /** Feedback by state. */
  async index({ htmx, request }: HttpContext) {
    return htmx.page('pages/backoffice/feedback/index', await inboxState(request.qs()))
  }

  async show({ htmx, params }: HttpContext) {
    const feedback = await Feedback.findById(params.id)
    return htmx.page('pages/backoffice/feedback/show', await inboxEntryState(feedback))
  }
}
