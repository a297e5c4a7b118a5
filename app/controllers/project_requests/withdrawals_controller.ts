import type { HttpContext } from '@adonisjs/core/http'
import ProjectRequest from '#models/project_request'
import ProjectRequestPolicy from '#policies/project_request_policy'
import { lockVersion } from '#validators/lock_version'

export default class WithdrawalsController {
  /** Withdraws one's own request. */
  async store({ bouncer, params, request, response, session, viewer }: HttpContext) {
    const found = await ProjectRequest.findVisible(viewer, params.id)
    await bouncer.with(ProjectRequestPolicy).authorize('withdraw', found)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    await found.withdraw(version)
    session.flash('success', 'The request was withdrawn.')
    return response.seeOther(`/project-requests/${found.id}`)
  }
}
