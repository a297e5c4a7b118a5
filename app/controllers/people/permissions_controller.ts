import type { HttpContext } from '@adonisjs/core/http'
import { permissionsState } from '#pages/people/permissions_page'

export default class PermissionsController {
  index({ htmx }: HttpContext) {
    return htmx.page('pages/permissions/index', permissionsState())
  }
}
