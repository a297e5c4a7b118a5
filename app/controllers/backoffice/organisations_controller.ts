import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { openOrganisation } from '#models/office/standing'
import { organisationListState, organisationState } from '#pages/backoffice/organisations_page'
import { openOrganisation as openingForm } from '#validators/back_office'
import { DANGEROUS_MINUTES } from '#registries/back_office'

export default class OrganisationsController {
  /** Every organisation by name, with how much it holds. */
  async index({ htmx, request }: HttpContext) {
    const state = await organisationListState(request.qs())
    return htmx.page('pages/backoffice/organisations/index', state)
  }

  create({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/organisations/create')
  }

  /** Creates an organisation and invites its owner. */
  async store({ person, request, response, session }: HttpContext) {
    const { name, owner_email: ownerEmail } = await request.validateUsing(openingForm)
    const id = await openOrganisation({ name, ownerEmail }, person!.name)
    session.flash('success', `${name} is open. Its owner has been invited by email.`)
    return response.seeOther(`/admin/organisations/${id}`)
  }

  async show(ctx: HttpContext) {
    const state = await organisationState(ctx.params.id)
    const fresh = isFresh(ctx, DANGEROUS_MINUTES)
    return ctx.htmx.page('pages/backoffice/organisations/show', { ...state, isFresh: fresh })
  }
}
