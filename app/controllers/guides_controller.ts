import { errors, type HttpContext } from '@adonisjs/core/http'
import { openable } from '#identity/openable'
import { guidesState, guideState } from '#pages/guide_page'

export default class GuidesController {
  index({ htmx }: HttpContext) {
    return htmx.page('pages/guides/index', guidesState())
  }

  async show(ctx: HttpContext) {
    const { htmx, params, request } = ctx
    const state = guideState(params.slug, await openable(ctx))
    if (!state) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return htmx.page('pages/guides/show', state)
  }
}
