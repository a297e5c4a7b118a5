import type { HttpContext } from '@adonisjs/core/http'
import { readFilters } from '#models/raid/list_filters'
import { raidListState } from '#pages/raid/list_page'

export default class RaidLogController {
  /** The RAID items of every project that the viewer may see. */
  async index({ htmx, request, viewer }: HttpContext) {
    const list = await raidListState(viewer, readFilters(request.qs()), null)
    return htmx.page('pages/raid_log/index', { list })
  }
}
