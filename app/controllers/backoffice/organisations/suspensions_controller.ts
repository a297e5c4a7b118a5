import type { HttpContext } from '@adonisjs/core/http'
import { officeOrganisation } from '#models/office/organisations'
import { resumeOrganisation, suspendOrganisation } from '#models/office/standing'
import { giveReason } from '#validators/back_office'

export default class SuspensionsController {
  /** Suspends an organisation. */
  async store({ params, request, response, session }: HttpContext) {
    const { id, name } = await officeOrganisation(params.id)
    const { reason } = await request.validateUsing(giveReason)
    await suspendOrganisation(id, reason)
    session.flash('success', `${name} is suspended. Its owners are told.`)
    return response.seeOther(`/admin/organisations/${id}`)
  }

  /** Lifts the suspension. */
  async destroy({ params, response, session }: HttpContext) {
    const { id, name } = await officeOrganisation(params.id)
    await resumeOrganisation(id)
    session.flash('success', `${name} is open again. Its owners are told.`)
    return response.seeOther(`/admin/organisations/${id}`)
  }
}
