import type { HttpContext } from '@adonisjs/core/http'
import { raidFiltersIn } from '#models/raid/kept'
import {
  isNarrowed,
  isUsualOrder,
  listQuery,
  readFilters,
  type ListFilters,
} from '#models/raid/list_filters'
import SavedView from '#models/saved_view'
import { raidListState } from '#pages/raid/list_page'
import { viewsBar } from '#pages/saved_views/pages'

export default class RaidLogController {
  /** The RAID items of every project that the viewer may see, as the address says or as a view keeps. */
  async index(ctx: HttpContext) {
    const { htmx, viewer } = ctx
    const filters = await filtersOf(ctx)
    return htmx.page('pages/raid_log/index', {
      list: await raidListState(viewer, filters, null),
      views: await viewsBar(viewer, 'raid', shownBy(filters)),
    })
  }
}

async function filtersOf({ request, viewer }: HttpContext): Promise<ListFilters> {
  const query = request.qs()
  if (!query.view) return readFilters(query)
  const view = await SavedView.findVisible(viewer, 'raid', query.view)
  return { ...raidFiltersIn(view.query), from: view.id }
}

function shownBy(filters: ListFilters) {
  return {
    query: listQuery(filters, { from: null, import: null }).slice(1),
    from: filters.from,
    isPlain: !isNarrowed(filters) && isUsualOrder(filters),
  }
}
