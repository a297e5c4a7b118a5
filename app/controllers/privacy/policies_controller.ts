import type { HttpContext } from '@adonisjs/core/http'
import { controller } from '#config/privacy'
import { addressed, cookieGroups } from '#registries/policy'
import { currentVersion } from '#registries/policy_versions'

export default class PoliciesController {
  privacy({ htmx }: HttpContext) {
    const { document, ...version } = currentVersion()
    return htmx.page('pages/policies/privacy', { version, policy: addressed(document, controller) })
  }

  cookies({ htmx }: HttpContext) {
    return htmx.page('pages/policies/cookies', { cookieGroups })
  }
}
