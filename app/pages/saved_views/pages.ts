import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import SavedView, { viewVisibilities } from '#models/saved_view'
import { canonicalIn, type ViewedList } from '#models/saved_view/lists'
import { viewPages } from '#pages/saved_views/lists'
import * as terms from '#registries/terms'

/**
 * The views above a list that shows `query`: which of them is open, and whether what it shows has been changed since. A
 * plain query is the list's own default.
 */
export async function viewsBar(
  viewer: Viewer,
  list: ViewedList,
  { query, from, isPlain }: { query: string; from: string | null; isPlain: boolean }
) {
  const { path, all } = viewPages[list]
  const views = await SavedView.visibleTo(viewer, list)
  const opened = views.find(({ id }) => id === from)
  return {
    path,
    tabs: [
      { ...all, isCurrent: !opened && isPlain },
      ...views.map((view) => ({
        label: view.name,
        href: `${path}?view=${view.id}`,
        isCurrent: view.id === opened?.id,
        isShared: view.visibility === 'organisation',
      })),
    ],
    query,
    isPlain,
    opened: opened && {
      view: opened,
      isChanged: opened.query !== query,
      isOwn: opened.isOwnedBy(viewer),
    },
  }
}

/** All views of a list that the viewer may see, with their contents and owners. */
export async function viewListState(viewer: Viewer, list: ViewedList) {
  const views = await SavedView.visibleTo(viewer, list)
  const inWords = await viewPages[list].words(
    viewer,
    views.map(({ query }) => query)
  )
  const owners = views.map(({ ownerId }) => ownerId)
  const [names, here] = await Promise.all([Membership.names(owners), Membership.active(owners)])
  return {
    of: viewPages[list],
    views: views.map((view) => ({
      id: view.id,
      name: view.name,
      shownTo: viewVisibilities[view.visibility],
      ownerName: view.isOwnedBy(viewer) ? 'You' : (names.get(view.ownerId) ?? 'a former member'),
      isOwnerGone: !here.has(view.ownerId),
      isDefault: view.isDefault && view.isOwnedBy(viewer),
      shows: inWords(view.query),
      mayChange: view.isOwnedBy(viewer) || mayTidy(viewer, view),
    })),
  }
}

function mayTidy(viewer: Viewer, { visibility }: SavedView) {
  return visibility === 'organisation' && viewer.can('programme.manage')
}

/** The form of a new or existing view, with what it would show. */
export async function viewFormState(
  viewer: Viewer,
  list: ViewedList,
  given: string,
  view?: SavedView
) {
  const query = canonicalIn(list, given)
  const inWords = await viewPages[list].words(viewer, [query])
  return {
    of: viewPages[list],
    record: view ?? {},
    isOwn: !view || view.isOwnedBy(viewer),
    query,
    shows: inWords(query),
    options: terms.options(viewVisibilities),
  }
}
