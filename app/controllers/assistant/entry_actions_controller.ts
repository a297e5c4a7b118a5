import type { HttpContext } from '@adonisjs/core/http'
import { entryActions } from '#controllers/assistant/kinds/entry_actions'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'

export default class EntryActionsController {
  /** Where actions for an entry are asked for, and what was proposed. */
  create(ctx: HttpContext) {
    return showForm(ctx, entryActions)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, entryActions)
  }
}
