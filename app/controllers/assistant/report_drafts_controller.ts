import type { HttpContext } from '@adonisjs/core/http'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'
import { report } from '#controllers/assistant/kinds/reports'

export default class ReportDraftsController {
  /** Where a report’s draft is asked for, with the result beside its present text. */
  show(ctx: HttpContext) {
    return showForm(ctx, report)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, report)
  }
}
