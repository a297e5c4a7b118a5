import type { HttpContext } from '@adonisjs/core/http'
import { gateList } from '#exports/lists/gates'
import { readerOf, sendList } from '#exports/send_list'

export default class GatesController {
  /** The gates of a project in their order. */
  show(ctx: HttpContext) {
    return sendList(ctx, gateList(readerOf(ctx), ctx.project))
  }
}
