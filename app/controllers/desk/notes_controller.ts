import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { writeText } from '#validators/privacy_request'
import { note } from '#models/privacy_request/handling'

export default class NotesController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(writeText)
    const found = await findForStep(params.id, input.lock_version)
    await note(found, input.text)
    session.flash('success', 'The note is kept.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
