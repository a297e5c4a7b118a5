import type { HttpContext } from '@adonisjs/core/http'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'
import { assumptions } from '#controllers/assistant/kinds/assumptions'

export default class AssumptionChecksController {
  /** Where the open assumptions are submitted for review, and what was found. */
  show(ctx: HttpContext) {
    return showForm(ctx, assumptions)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, assumptions)
  }
}
