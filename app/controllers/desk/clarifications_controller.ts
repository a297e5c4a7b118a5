import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { writeText } from '#validators/privacy_request'
import { askBack } from '#models/privacy_request/handling'

export default class ClarificationsController {
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(writeText)
    const found = await findForStep(params.id, input.lock_version)
    await askBack(found, input.text)
    return backTo(found, ctx, 'The question was sent.')
  }
}
