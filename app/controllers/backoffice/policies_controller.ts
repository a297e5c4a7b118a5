import type { HttpContext } from '@adonisjs/core/http'
import { policiesState } from '#pages/backoffice/policies_page'

export default class PoliciesController {
  /** Every version of the privacy policy, and how many people were told of it. */
  async index({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/policies', await policiesState())
  }
}
