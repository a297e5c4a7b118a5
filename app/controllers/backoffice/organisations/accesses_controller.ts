import type { HttpContext } from '@adonisjs/core/http'
import { chooseOrganisation, ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { endOwnAccess, openAccess } from '#models/office/accesses'
import { officeOrganisation } from '#models/office/organisations'
import { lookInto } from '#validators/back_office'

export default class AccessesController {
  /** Lets the platform admin read the organisation for a while, and takes them there. */
  async store(ctx: HttpContext) {
    const { params, request, response } = ctx
    const { id } = await officeOrganisation(params.id)
    const { access_reason: reason, minutes } = await request.validateUsing(lookInto)
    await openAccess(id, reason, minutes)
    chooseOrganisation(ctx, id)
    return response.seeOther('/projects')
  }

  /** Ends it before its time. */
  async destroy({ params, response, session }: HttpContext) {
    const { id, name } = await officeOrganisation(params.id)
    const isEnded = await endOwnAccess(id)
    response.clearCookie(ORGANISATION_COOKIE)
    session.flash(
      'success',
      isEnded ? `You are no longer looking into ${name}.` : 'Your access had already ended.'
    )
    return response.seeOther(`/admin/organisations/${id}`)
  }
}
