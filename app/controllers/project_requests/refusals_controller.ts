import type { HttpContext } from '@adonisjs/core/http'
import ProjectRequest from '#models/project_request'
import { declineProjectRequest } from '#validators/project_request'

export default class RefusalsController {
  /** Declines a request, for a reason that the requester can read. */
  async store({ params, request, response, session, viewer }: HttpContext) {
    const found = await ProjectRequest.findVisible(viewer, params.id)
    const { answer, lock_version: version } = await request.validateUsing(declineProjectRequest)
    await found.decline(answer, version)
    session.flash('success', 'The request was declined. We have told the requester.')
    return response.seeOther(`/project-requests/${found.id}`)
  }
}
