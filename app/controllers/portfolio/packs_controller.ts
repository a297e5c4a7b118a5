import type { HttpContext } from '@adonisjs/core/http'
import BoardPack from '#models/board_pack'
import { packFormState, packListState, packState } from '#pages/board_pack/pages'
import { storePack } from '#validators/board_pack'

/** The portfolio as files for a board. */
export default class PacksController {
  async index({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/board_packs/index', await packListState(viewer))
  }

  async create({ htmx, request, viewer }: HttpContext) {
    const { query, projects } = request.qs()
    const state = await packFormState(viewer, String(query ?? ''), projects === 'all')
    return htmx.page('pages/board_packs/create', state)
  }

  async store({ request, response, viewer }: HttpContext) {
    const { query, projects = [] } = await request.validateUsing(storePack)
    const pack = await BoardPack.begin(viewer, query ?? '', projects)
    return response.seeOther(`/portfolio/packs/${pack.id}`)
  }

  /** Its progress, and where its files are downloaded. Until then the page reloads itself, even without JavaScript. */
  async show({ htmx, params, viewer }: HttpContext) {
    const pack = await BoardPack.findOwn(viewer, params.id)
    return htmx.page('pages/board_packs/show', packState(pack))
  }
}
