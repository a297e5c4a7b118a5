import type { HttpContext } from '@adonisjs/core/http'
import { roundShown } from '#controllers/deciding/round_input'
import { packPageState } from '#pages/deciding/pack_page'

export default class PacksController {
  /** The whole pack with votes and decision, for printing. */
  async show(ctx: HttpContext) {
    const state = await packPageState(await roundShown(ctx), ctx.viewer)
    return ctx.htmx.page('pages/gate_reviews/pack', state)
  }
}
