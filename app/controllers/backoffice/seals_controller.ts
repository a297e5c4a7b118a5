import type { HttpContext } from '@adonisjs/core/http'
import { officeOrganisation } from '#models/office/organisations'
import { askForVerification } from '#models/office/trails'
import { sealsState } from '#pages/backoffice/seals_page'
import { PLATFORM } from '#tenancy/tenancy'

export default class SealsController {
  /** How far every trail is sealed, and the findings of its last verification. */
  async index({ htmx, request }: HttpContext) {
    return htmx.page('pages/backoffice/seals', await sealsState(request.qs()))
  }

  async store({ params, response, session }: HttpContext) {
    const id = params.id === PLATFORM ? PLATFORM : (await officeOrganisation(params.id)).id
    if (await askForVerification(id)) session.flash('success', 'The trail is being verified.')
    else session.flash('error', 'This trail is already being verified.')
    return response.seeOther('/admin/seals')
  }
}
