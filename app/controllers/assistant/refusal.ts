import type { HttpContext } from '@adonisjs/core/http'
import type { Refusal } from '#controllers/refusal'
import { conversationPath } from '#pages/assistant/conversation_page'

/** Back to the whole conversation, with the reason beside the question and what was typed in it. */
export function backToQuestion({ htmx, project, request, session }: HttpContext, refusal: Refusal) {
  session.flashValidationErrors(refusal)
  return htmx.leaveTo(conversationPath(project, request.input('conversation_id')))
}
