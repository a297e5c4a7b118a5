import type { HttpContext } from '@adonisjs/core/http'
import { conversationState } from '#pages/assistant/conversation_page'

export default class ConversationsController {
  /** The conversation that the address names, or else the one they had last. */
  async show({ htmx, project, request, viewer }: HttpContext) {
    const { conversation } = request.qs()
    return htmx.page('pages/assistant/show', await conversationState(project, viewer, conversation))
  }
}
