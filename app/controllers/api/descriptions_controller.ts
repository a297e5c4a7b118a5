import type { HttpContext } from '@adonisjs/core/http'
import { operations } from '#controllers/api/operations'
import { pageAddress } from '#identity/page_address'
import { openapi } from '#pages/api/openapi'
import { apiState } from '#pages/api/reading'

export default class DescriptionsController {
  /** The API as OpenAPI describes it, for programs. */
  async show({ response }: HttpContext) {
    response.header('cache-control', 'public, max-age=300')
    return response.json(openapi(operations, pageAddress('/api/v1')))
  }

  /** The same for people. */
  index({ htmx }: HttpContext) {
    return htmx.page('pages/api/index', apiState(operations, pageAddress('/api/v1')))
  }
}
