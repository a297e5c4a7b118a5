import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { writeText } from '#validators/privacy_request'
import { takeAnswer } from '#models/privacy_request/handling'

export default class AnswersController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(writeText)
    const found = await findForStep(params.id, input.lock_version)
    await takeAnswer(found, input.text)
    session.flash('success', 'The answer is noted.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
