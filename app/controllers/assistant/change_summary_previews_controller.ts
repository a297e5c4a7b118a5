import type { HttpContext } from '@adonisjs/core/http'
import { showWhatWouldBeSent } from '#controllers/assistant/kinds/form'
import { changes } from '#controllers/assistant/kinds/changes'

export default class ChangeSummaryPreviewsController {
  store(ctx: HttpContext) {
    return showWhatWouldBeSent(ctx, changes)
  }
}
