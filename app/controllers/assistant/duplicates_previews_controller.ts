import type { HttpContext } from '@adonisjs/core/http'
import { duplicates } from '#controllers/assistant/kinds/duplicates'
import { showWhatWouldBeSent } from '#controllers/assistant/kinds/form'

export default class DuplicatesPreviewsController {
  store(ctx: HttpContext) {
    return showWhatWouldBeSent(ctx, duplicates)
  }
}
