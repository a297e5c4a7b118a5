import type { HttpContext } from '@adonisjs/core/http'
import { showWhatWouldBeSent } from '#controllers/assistant/kinds/form'
import { gate } from '#controllers/assistant/kinds/gates'

export default class GateChallengePreviewsController {
  store(ctx: HttpContext) {
    return showWhatWouldBeSent(ctx, gate)
  }
}
