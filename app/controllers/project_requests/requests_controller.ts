import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import ProjectRequest, { type RequestFields } from '#models/project_request'
import { requestFormState, requestListState, requestState } from '#pages/project_requests/pages'
import { storeProjectRequest } from '#validators/project_request'

export default class RequestsController {
  /** The requests that the viewer may see. */
  async index({ htmx, request, viewer }: HttpContext) {
    return htmx.page('pages/project_requests/index', await requestListState(viewer, request.qs()))
  }

  async create({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/project_requests/create', await requestFormState(viewer))
  }

  async store({ request, response, session }: HttpContext) {
    const fields = await request.validateUsing(storeProjectRequest)
    const { id } = await ProjectRequest.ask(toAttributes<RequestFields>(fields))
    session.flash('success', 'Your request was sent. We will notify you when it is answered.')
    return response.seeOther(`/project-requests/${id}`)
  }

  async show({ htmx, params, viewer }: HttpContext) {
    const found = await ProjectRequest.findVisible(viewer, params.id)
    return htmx.page('pages/project_requests/show', await requestState(viewer, found))
  }
}
