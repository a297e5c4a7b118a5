import type { HttpContext } from '@adonisjs/core/http'
import { entryActions } from '#controllers/assistant/kinds/entry_actions'
import { showWhatWouldBeSent } from '#controllers/assistant/kinds/form'

export default class EntryActionsPreviewsController {
  store(ctx: HttpContext) {
    return showWhatWouldBeSent(ctx, entryActions)
  }
}
