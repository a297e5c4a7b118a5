import type { HttpContext } from '@adonisjs/core/http'
import { entryActions } from '#controllers/assistant/kinds/entry_actions'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'

export default class EntryActionsController {
  /** What may be done about an entry: where that is asked, and what was proposed. */
  create(ctx: HttpContext) {
    return showForm(ctx, entryActions)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, entryActions)
  }
}
