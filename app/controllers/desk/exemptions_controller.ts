import type { HttpContext } from '@adonisjs/core/http'
import Erasure from '#models/erasure'
import { keepFinds } from '#privacy/erasure/deciding'
import { keepFinds as keepForm } from '#validators/erasure'

export default class ExemptionsController {
  /** Leaves the name in the chosen places, and keeps the reason. */
  async store({ params, request, response, session }: HttpContext) {
    const { ids = [], reason } = await request.validateUsing(keepForm)
    const erasure = await Erasure.findById(params.id)
    const count = await keepFinds(erasure, ids, reason)
    session.flash('success', `Kept in ${count === 1 ? 'one place' : `${count} places`}.`)
    return response.seeOther(`/admin/privacy/erasures/${erasure.id}`)
  }
}
