import type { HttpContext } from '@adonisjs/core/http'
import { showWhatWouldBeSent } from '#controllers/assistant/kinds/form'
import { notes } from '#controllers/assistant/kinds/notes'

export default class NotesPreviewsController {
  store(ctx: HttpContext) {
    return showWhatWouldBeSent(ctx, notes)
  }
}
