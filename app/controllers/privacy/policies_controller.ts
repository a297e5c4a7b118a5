import type { HttpContext } from '@adonisjs/core/http'
import { controller } from '#config/privacy'
import { policyState } from '#pages/privacy/policy_page'
import { AUTH0_COOKIES, cookieGroups } from '#registries/policy'
import { currentVersion } from '#registries/policy_versions'

export default class PoliciesController {
  privacy({ htmx }: HttpContext) {
    const { document, ...version } = currentVersion()
    return htmx.page('pages/policies/privacy', {
      version,
      policy: policyState(document, controller),
    })
  }

  cookies({ htmx }: HttpContext) {
    return htmx.page('pages/policies/cookies', {
      cookieGroups,
      auth0Cookies: AUTH0_COOKIES,
    })
  }
}
