import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { writeText } from '#validators/privacy_request'
import { takeAnswer } from '#models/privacy_request/handling'

export default class AnswersController {
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(writeText)
    const found = await findForStep(params.id, input.lock_version)
    await takeAnswer(found, input.text)
    return backTo(found, ctx, 'The answer was recorded.')
  }
}
