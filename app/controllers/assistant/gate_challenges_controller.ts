import type { HttpContext } from '@adonisjs/core/http'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'
import { gate } from '#controllers/assistant/kinds/gates'

export default class GateChallengesController {
  /** Where a gate’s questions are asked for, and those that were asked. */
  show(ctx: HttpContext) {
    return showForm(ctx, gate)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, gate)
  }
}
