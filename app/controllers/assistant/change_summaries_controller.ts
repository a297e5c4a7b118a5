import type { HttpContext } from '@adonisjs/core/http'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'
import { changes } from '#controllers/assistant/kinds/changes'

export default class ChangeSummariesController {
  /** Where a summary of what changed is asked for, and what changed. */
  show(ctx: HttpContext) {
    return showForm(ctx, changes)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, changes)
  }
}
