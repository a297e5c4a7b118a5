import type { HttpContext } from '@adonisjs/core/http'
import { retentionState } from '#pages/privacy/retention_page'
import { ruleStandings } from '#privacy/retention/standing'

export default class RetentionRunsController {
  /** What the retention rules removed, and which of them need attention. */
  async index({ htmx }: HttpContext) {
    return htmx.page('pages/desk/retention', await retentionState(await ruleStandings()))
  }
}
