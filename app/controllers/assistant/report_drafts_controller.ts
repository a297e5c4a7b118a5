import type { HttpContext } from '@adonisjs/core/http'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'
import { report } from '#controllers/assistant/kinds/reports'

export default class ReportDraftsController {
  /** Where a report’s draft is asked for, and what was drafted stands beside what it says. */
  show(ctx: HttpContext) {
    return showForm(ctx, report)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, report)
  }
}
