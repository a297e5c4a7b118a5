import type { HttpContext } from '@adonisjs/core/http'
import { conversationState } from '#pages/assistant/conversation_page'

export default class ConversationsController {
  /** The conversation in the address, or else the person's latest; with a question of it to ask again. */
  async show({ htmx, project, request, viewer }: HttpContext) {
    const { again, conversation } = request.qs()
    const state = await conversationState(project, viewer, conversation, again)
    return htmx.page('pages/assistant/show', state)
  }
}
