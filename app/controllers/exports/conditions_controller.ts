import type { HttpContext } from '@adonisjs/core/http'
import { conditionList } from '#exports/lists/conditions'
import { readerOf, sendList } from '#exports/send_list'

export default class ConditionsController {
  /** The conditions of a project's approvals. */
  show(ctx: HttpContext) {
    return sendList(ctx, conditionList(readerOf(ctx), ctx.project))
  }
}
