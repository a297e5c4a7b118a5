import type { HttpContext } from '@adonisjs/core/http'
import { recordBundle } from '#audit/reading'
import { trailFiles } from '#exports/audit_bundle/files'
import { dated } from '#exports/download'
import { sendZip } from '#exports/zip'

export default class BundlesController {
  /** The organisation's chain without its values, and what verifies it on any computer. */
  async show({ request, response, viewer }: HttpContext) {
    const { id: organisationId } = viewer.organisation
    await recordBundle(viewer)
    const tenant = { organisationId, userId: viewer.userId, requestId: request.id() ?? null }
    return sendZip(response, dated('audit-trail', 'zip'), trailFiles(tenant))
  }
}
