import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { controller } from '#config/privacy'
import { policyState } from '#pages/privacy/policy_page'
import { currentVersion, policyVersions } from '#registries/policy_versions'

export default class VersionsController {
  index({ htmx }: HttpContext) {
    const versions = policyVersions.map(({ document: _document, ...version }) => version)
    return htmx.page('pages/policies/versions', { versions })
  }

  /** One version as it read; the newest has its own address. */
  show({ htmx, params, request, response }: HttpContext) {
    const found = policyVersions.find(({ version }) => version === params.version)
    if (!found) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    if (found === currentVersion()) return response.seeOther('/privacy')
    const { document, ...version } = found
    const replacedOn = policyVersions[policyVersions.indexOf(found) - 1].effectiveOn
    const policy = policyState(document, controller)
    return htmx.page('pages/policies/privacy', { version, policy, replacedOn })
  }
}
