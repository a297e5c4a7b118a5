import type { HttpContext } from '@adonisjs/core/http'
import { conversationPath } from '#pages/assistant/conversation_page'

/** Back to the whole conversation, with the reason beside the question and what was typed in it. */
export function backToQuestion({ htmx, project, request, session }: HttpContext, error: any) {
  session.flashValidationErrors(error)
  return htmx.leaveTo(conversationPath(project, request.input('conversation_id')))
}
