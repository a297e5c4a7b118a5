import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import Erasure from '#models/erasure'
import { chosenRecords } from '#models/privacy_request/outside'
import type PrivacyRequest from '#models/privacy_request'
import { refuse } from '#models/violation'
import { accountOf } from '#models/user'
import { startErasure, startOutside } from '#privacy/erasure/start'
import { erasureListState, erasureState } from '#pages/privacy/erasure_pages'
import { startErasure as startForm } from '#validators/erasure'

export default class ErasuresController {
  async index({ htmx }: HttpContext) {
    return htmx.page('pages/desk/erasures', await erasureListState())
  }

  /** The progress of an erasure, and what waits for a reader. */
  async show({ htmx, params }: HttpContext) {
    const erasure = await Erasure.findById(params.id)
    return htmx.page('pages/desk/erasure', await erasureState(erasure))
  }

  /** Begins the erasure that a request asks for. Its last step fulfils the request. */
  async store({ params, person, request, response, session }: HttpContext) {
    const input = await request.validateUsing(startForm)
    const found = await findForStep(params.id, input.lock_version)
    const { ref } = found
    if (!found.mayBeErased) refuse('erasure', 'This request does not ask for an erasure')
    if (input.confirmation.trim().toUpperCase() !== ref) {
      refuse('confirmation', `Enter ${ref} to confirm`)
    }
    const { id } = await begin(found, input.records ?? [], person!.id)
    session.flash(
      'success',
      'The erasure has started. It fulfils the request when it has finished.'
    )
    return response.seeOther(`/admin/privacy/erasures/${id}`)
  }
}

/** Erases the account, even one created since the person was identified; without one, the records of people outside. */
async function begin(found: PrivacyRequest, records: string[], startedBy: string) {
  const { id: requestId, contact } = found
  const email = contact?.email
  const userId = found.userId ?? (email ? await accountOf(email) : null)
  if (userId) return startErasure({ userId, requestId, startedBy })
  return startOutside(found, await chosenRecords(found, records), startedBy)
}
