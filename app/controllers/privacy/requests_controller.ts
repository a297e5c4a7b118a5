import type { HttpContext } from '@adonisjs/core/http'
import { isProved } from '#controllers/privacy/proof'
import { orRefused } from '#controllers/refusal'
import { onPlatform } from '#identity/platform'
import { isKeptHere } from '#mails/kept'
import { randomText } from '#models/privacy_code'
import { REF } from '#models/privacy_request'
import { sendCode } from '#models/privacy_request/identifying'
import { isTooOften, receiveRequest } from '#models/privacy_request/receiving'
import { kindOptions, ownRequest } from '#pages/privacy/request_page'
import { askPublicly } from '#validators/privacy_request'

export default class RequestsController {
  create({ htmx }: HttpContext) {
    return htmx.page('pages/privacy_requests/create', { kinds: kindOptions() })
  }

  /**
   * Receives a request and mails a code to the given address. The answer is the same whether or not there is an
   * account, and whether or not a limit was reached.
   */
  async store(ctx: HttpContext) {
    const { response, session } = ctx
    const next = await orRefused(
      () => this.#receive(ctx),
      (refusal) => {
        // Whoever cares for privacy may have a browser that does not tell which page it comes from.
        session.flashValidationErrors(refusal)
        return '/privacy/requests/create'
      }
    )
    return response.seeOther(next)
  }

  async #receive(ctx: HttpContext) {
    const { request, session } = ctx
    const { kind, name, email, details = null } = await request.validateUsing(askPublicly)
    const ref = await onPlatform(
      ctx,
      async () => {
        if (await isTooOften(email)) return `P-${randomText(6)}`
        const asked = { kind, channel: 'web' as const, contact: { name, email }, details }
        const received = await receiveRequest(asked)
        await sendCode(received)
        return received.ref
      },
      'visitor'
    )
    session.flash('success', `We have sent a code to ${email}.`)
    return `/privacy/requests/${ref}`
  }

  /** Where the code is entered; after that, the status of the request. */
  async show(ctx: HttpContext) {
    const { htmx, params, response } = ctx
    const ref = String(params.ref).toUpperCase()
    if (!REF.test(ref)) return response.seeOther('/privacy/requests/create')
    const found = isProved(ctx, ref) && (await onPlatform(ctx, () => ownRequest(ref), 'visitor'))
    if (!found) return htmx.page('pages/privacy_requests/code', { ref, isKeptHere: isKeptHere() })
    return htmx.page('pages/privacy_requests/show', { found })
  }
}
