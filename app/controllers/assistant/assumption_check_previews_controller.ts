import type { HttpContext } from '@adonisjs/core/http'
import { showWhatWouldBeSent } from '#controllers/assistant/kinds/form'
import { assumptions } from '#controllers/assistant/kinds/assumptions'

export default class AssumptionCheckPreviewsController {
  store(ctx: HttpContext) {
    return showWhatWouldBeSent(ctx, assumptions)
  }
}
