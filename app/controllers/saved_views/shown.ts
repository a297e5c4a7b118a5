import type { HttpContext } from '@adonisjs/core/http'
import SavedView from '#models/saved_view'
import type { ViewedList } from '#models/saved_view/lists'

type Query = Record<string, unknown>

type Reading<Filters> = {
  /** What an address asks for. */
  read: (query: Query) => Filters
  /** What a saved query asks for. */
  kept: (query: string) => Filters
}

/**
 * What a list shows: what its address asks for, or the view that it names; without a query, the viewer's default view.
 */
export async function shownFilters<Filters>(
  { request, viewer }: HttpContext,
  list: ViewedList,
  { read, kept }: Reading<Filters>
): Promise<Filters> {
  const query = request.qs()
  const view = await viewNamed(query, list, viewer)
  return view ? { ...kept(view.query), from: view.id } : read(query)
}

function viewNamed(query: Query, list: ViewedList, viewer: HttpContext['viewer']) {
  if (Object.keys(query).length === 0) return SavedView.defaultOf(viewer, list)
  if (!query.view || query.view === 'all') return null
  return SavedView.findVisible(viewer, list, query.view)
}
