import type { HttpContext } from '@adonisjs/core/http'
import { duplicates } from '#controllers/assistant/kinds/duplicates'
import { askByForm, showForm } from '#controllers/assistant/kinds/form'

export default class DuplicatesController {
  /** The pairs that read alike, and which of them were proposed as duplicates. */
  create(ctx: HttpContext) {
    return showForm(ctx, duplicates)
  }

  store(ctx: HttpContext) {
    return askByForm(ctx, duplicates)
  }
}
