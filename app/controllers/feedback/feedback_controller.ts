import type { HttpContext } from '@adonisjs/core/http'
import { orRefused } from '#controllers/refusal'
import { localPage } from '#identity/local_path'
import { onPlatform } from '#identity/platform'
import Feedback from '#models/feedback'
import { ownFeedbackState } from '#pages/feedback/own_page'
import { storeFeedback } from '#validators/feedback'

const THANKS = 'Thank you. We read every message. We answer by email and on this page.'

export default class FeedbackController {
  /** What the person has told us, and our replies. */
  async index(ctx: HttpContext) {
    const { htmx, person, request } = ctx
    return onPlatform(ctx, async () =>
      htmx.page('pages/feedback/index', await ownFeedbackState(person!.id, request.qs()))
    )
  }

  create({ htmx, request }: HttpContext) {
    return htmx.page('pages/feedback/create', { from: localPage(request.input('page')) })
  }

  /** Keeps the message, the page and the account, and nothing else. */
  async store(ctx: HttpContext) {
    const { person, request, response, session } = ctx
    const page = localPage(request.input('page'))
    const submit = async () => {
      const { message } = await request.validateUsing(storeFeedback)
      await onPlatform(ctx, () => Feedback.submit(person!.id, { message, page }))
      session.flash('success', THANKS)
      return '/feedback'
    }
    const next = await orRefused(submit, (refusal) => {
      // The form may be open in a dialog over another page, which could not show what is wrong.
      session.flashValidationErrors(refusal)
      const query = page ? `?${new URLSearchParams({ page })}` : ''
      return `/feedback/create${query}`
    })
    return response.seeOther(next)
  }
}
