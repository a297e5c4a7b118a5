import type { HttpContext } from '@adonisjs/core/http'
import { recordVerification } from '#audit/reading'
import AuditVerification from '#models/audit_verification'

export default class VerificationsController {
  /** Has the organisation's trail verified by a job; the page of the trail tells what it found. */
  async store({ response, session }: HttpContext) {
    const asked = await AuditVerification.ask()
    if (asked) {
      await recordVerification(asked.id)
      session.flash('success', 'The trail is being verified. The result will appear here.')
    } else {
      session.flash('error', 'This trail is already being verified.')
    }
    return response.seeOther('/audit#verification')
  }
}
