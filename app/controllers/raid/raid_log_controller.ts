import type { HttpContext } from '@adonisjs/core/http'
import { shownFilters } from '#controllers/saved_views/shown'
import { raidFiltersIn } from '#models/raid/kept'
import {
  isNarrowed,
  isUsualOrder,
  listQuery,
  readFilters,
  type ListFilters,
} from '#models/raid/list_filters'
import { raidListState } from '#pages/raid/list_page'
import { viewsBar } from '#pages/saved_views/pages'

export default class RaidLogController {
  /** The RAID items of every project that the viewer may see, filtered by the address or a saved view. */
  async index(ctx: HttpContext) {
    const { htmx, viewer } = ctx
    const filters = await shownFilters(ctx, 'raid', { read: readFilters, kept: raidFiltersIn })
    return htmx.page('pages/raid_log/index', {
      list: await raidListState(viewer, filters, null),
      views: await viewsBar(viewer, 'raid', shownBy(filters)),
    })
  }
}

function shownBy(filters: ListFilters) {
  return {
    query: listQuery(filters, { from: null, import: null }).slice(1),
    from: filters.from,
    isPlain: !isNarrowed(filters) && isUsualOrder(filters),
  }
}
