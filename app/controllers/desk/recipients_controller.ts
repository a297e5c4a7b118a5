import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { distinct } from '#models/ids'
import { noteRecipients } from '#models/privacy_request/recipients'
import { refuse } from '#models/violation'
import { recipientNames } from '#registries/agreements'
import { noteRecipients as noteForm } from '#validators/privacy_request'

export default class RecipientsController {
  /** Records which recipients were told of the change, or why they were not. */
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(noteForm)
    const found = await findForStep(params.id, input.lock_version)
    const { recipients = [], other, outcome, reason = null } = input
    const named = distinct([...recipients, other])
    if (named.length === 0) refuse('recipients', 'Choose a recipient, or enter another')
    await noteRecipients(found, { recipients: named, outcome, reason }, recipientNames())
    return backTo(found, ctx, 'The recipients were recorded.')
  }
}
