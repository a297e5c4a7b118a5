import type { HttpContext } from '@adonisjs/core/http'

export default class OrganisationsController {
  index({ htmx, person }: HttpContext) {
    return htmx.page('pages/organisations/index', { organisations: person!.organisations })
  }
}
