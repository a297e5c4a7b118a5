import type { HttpContext } from '@adonisjs/core/http'
import { officeOrganisation } from '#models/office/organisations'
import { callOffErasure, scheduleErasure } from '#models/office/standing'
import { refuse } from '#models/violation'
import { slugIn } from '#privacy/destruction/organisation'
import { confirmErasure } from '#validators/back_office'

export default class ErasuresController {
  /** Sets the day on which an organisation and everything it holds is erased. */
  async store({ params, request, response, session }: HttpContext) {
    const { id, name } = await officeOrganisation(params.id)
    const { confirmation } = await request.validateUsing(confirmErasure)
    if (confirmation !== slugIn(name)) refuse('confirmation', `Enter ${slugIn(name)}`)
    await scheduleErasure(id)
    session.flash(
      'success',
      `${name} will be erased. We are telling its owners. You can still call it off.`
    )
    return response.seeOther(`/admin/organisations/${id}`)
  }

  /** Cancels the erasure. */
  async destroy({ params, response, session }: HttpContext) {
    const { id, name } = await officeOrganisation(params.id)
    await callOffErasure(id)
    session.flash('success', `${name} will not be erased. Its owners are told.`)
    return response.seeOther(`/admin/organisations/${id}`)
  }
}
