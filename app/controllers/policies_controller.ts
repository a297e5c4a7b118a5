import type { HttpContext } from '@adonisjs/core/http'
import { cookieGroups, policy } from '#registries/policy'

export default class PoliciesController {
  privacy({ htmx }: HttpContext) {
    return htmx.page('pages/policies/privacy', { policy })
  }

  cookies({ htmx }: HttpContext) {
    return htmx.page('pages/policies/cookies', { cookieGroups })
  }
}
