import type { HttpContext } from '@adonisjs/core/http'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'
import { notes } from '#controllers/assistant/kinds/notes'

export default class NotesController {
  /** Where notes are pasted, and what was proposed from earlier ones. */
  create(ctx: HttpContext) {
    return showForm(ctx, notes)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, notes)
  }
}
