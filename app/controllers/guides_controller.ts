import { errors, type HttpContext } from '@adonisjs/core/http'
import { guidesState, guideState } from '#pages/guide_page'

export default class GuidesController {
  index({ htmx }: HttpContext) {
    return htmx.page('pages/guides/index', guidesState())
  }

  show({ htmx, params, person, request }: HttpContext) {
    const isStaff = person?.platformRole === 'admin'
    const state = guideState(params.slug, { isStaff })
    if (!state) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return htmx.page('pages/guides/show', state)
  }
}
