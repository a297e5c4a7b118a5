import type { HttpContext } from '@adonisjs/core/http'
import Erasure from '#models/erasure'
import { redactFinds } from '#privacy/erasure/deciding'
import { chooseFinds } from '#validators/erasure'

export default class RedactionsController {
  /** Removes the name from the chosen places. */
  async store({ params, request, response, session }: HttpContext) {
    const { ids = [] } = await request.validateUsing(chooseFinds)
    const erasure = await Erasure.findById(params.id)
    const count = await redactFinds(erasure, ids)
    session.flash('success', `Removed from ${count === 1 ? 'one place' : `${count} places`}.`)
    return response.seeOther(`/admin/privacy/erasures/${erasure.id}`)
  }
}
