import type { HttpContext } from '@adonisjs/core/http'

export default class PoliciesController {
  privacy({ htmx }: HttpContext) {
    return htmx.page('pages/policies/privacy')
  }

  cookies({ htmx }: HttpContext) {
    return htmx.page('pages/policies/cookies')
  }
}
