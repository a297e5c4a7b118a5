import { readFile } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { recipientNames } from '#registries/agreements'
import { fulfilRequest } from '#validators/privacy_request'
import { fulfil } from '#models/privacy_request/closing'

export default class FulfilmentsController {
  /** Closes a request as done. The proof is a file, whose hash is kept, or the answer itself. */
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(fulfilRequest)
    const found = await findForStep(params.id, input.lock_version)
    const file = request.file('evidence')
    const { answer: text } = input
    const evidence = file?.tmpPath ? await readFile(file.tmpPath) : text
    await fulfil(found, { text, evidence, recipients: recipientNames() })
    return backTo(found, ctx, 'The request was fulfilled, and the person told.')
  }
}
