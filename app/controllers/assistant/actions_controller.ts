import type { HttpContext } from '@adonisjs/core/http'
import { actionIn } from '#controllers/assistant/proposed'
import { actionState } from '#pages/assistant/actions_page'

export default class ActionsController {
  async show(ctx: HttpContext) {
    const { proposal, item } = await actionIn(ctx)
    const state = await actionState(ctx.project, ctx.viewer, proposal, item)
    return ctx.htmx.page('pages/assistant/action', state)
  }
}
