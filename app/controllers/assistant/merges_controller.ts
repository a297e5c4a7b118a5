import type { HttpContext } from '@adonisjs/core/http'
import { mergeIn } from '#controllers/assistant/proposed'
import { mergeState } from '#pages/assistant/duplicates_page'

export default class MergesController {
  /** Two entries side by side. */
  async show(ctx: HttpContext) {
    const { proposal, ...pair } = await mergeIn(ctx)
    const state = await mergeState(ctx.project, ctx.viewer, proposal, pair)
    return ctx.htmx.page('pages/assistant/merge', state)
  }
}
