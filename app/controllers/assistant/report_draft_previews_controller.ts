import type { HttpContext } from '@adonisjs/core/http'
import { showWhatWouldBeSent } from '#controllers/assistant/kinds/form'
import { report } from '#controllers/assistant/kinds/reports'

export default class ReportDraftPreviewsController {
  store(ctx: HttpContext) {
    return showWhatWouldBeSent(ctx, report)
  }
}
