import type { HttpContext } from '@adonisjs/core/http'
import { backToQuestion } from '#controllers/assistant/refusal'
import { orRefused } from '#controllers/refusal'
import { streamAnswer } from '#controllers/assistant/streaming'
import { ask } from '#assistant/asking'
import AiInteraction from '#models/ai_interaction'
import { questionState } from '#pages/assistant/question_page'
import { askQuestion } from '#validators/assistant'

/** How long a browser waits before checking again for the answer. */
const SECONDS_BETWEEN_LOOKS = 2

export default class QuestionsController {
  /** Asks. The answer streams to browsers that can read a stream; others get a page that waits for it. */
  store(ctx: HttpContext) {
    return orRefused(
      () => this.#ask(ctx),
      (refusal) => backToQuestion(ctx, refusal)
    )
  }

  /** One question with its answer and what was sent; until the answer is complete, a page that reloads. */
  async show({ htmx, params, project, response, viewer }: HttpContext) {
    const interaction = await AiInteraction.findOwn(project, viewer, params.id)
    const state = await questionState(project, viewer, interaction)
    if (state.turn.isRunning) response.header('refresh', String(SECONDS_BETWEEN_LOOKS))
    return htmx.page('pages/assistant/question', state)
  }

  async #ask(ctx: HttpContext) {
    const { htmx, project, request, response, viewer } = ctx
    const { question, conversation_id: conversation = null } =
      await request.validateUsing(askQuestion)
    const { interaction, run } = await ask(request, project, viewer, { question, conversation })
    if (htmx.readsStreams) return streamAnswer(ctx, interaction, run)
    run.afterCommit()
    const path = `/projects/${project.id}/assistant/questions/${interaction.id}`
    return response.seeOther(path)
  }
}
