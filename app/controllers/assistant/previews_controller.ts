import type { HttpContext } from '@adonisjs/core/http'
import { backToQuestion } from '#controllers/assistant/refusal'
import { orRefused } from '#controllers/refusal'
import { prepareQuestion } from '#assistant/question'
import { remembered, turnsOf } from '#models/assistant/conversation'
import { conversationState } from '#pages/assistant/conversation_page'
import { sentState } from '#pages/assistant/sent'
import { askQuestion } from '#validators/assistant'

export default class PreviewsController {
  /** Shows exactly what asking would send. */
  store(ctx: HttpContext) {
    return orRefused(
      () => this.#preview(ctx),
      (refusal) => backToQuestion(ctx, refusal)
    )
  }

  async #preview({ htmx, project, request, response, viewer }: HttpContext) {
    const { question, conversation_id: conversation = null } =
      await request.validateUsing(askQuestion)
    const turns = await turnsOf(project, viewer, conversation)
    const { body, manifest } = await prepareQuestion(project, viewer, question, remembered(turns))
    response.header('cache-control', 'no-store')
    return htmx.page('pages/assistant/show', {
      ...(await conversationState(project, viewer, conversation)),
      question,
      preview: await sentState(JSON.stringify(body), manifest),
    })
  }
}
