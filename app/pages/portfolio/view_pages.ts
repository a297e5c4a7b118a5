import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import { portfolioChoices } from '#models/portfolio/choices'
import { portfolioQuery, type PortfolioFilters } from '#models/portfolio/filters'
import PortfolioView, { filtersIn, viewVisibilities } from '#models/portfolio_view'
import { filtersInWords } from '#pages/portfolio/applied'
import * as terms from '#registries/terms'

/** The views above the grid, which of them is open, and whether what it shows was changed since. */
export async function viewsBar(viewer: Viewer, filters: PortfolioFilters) {
  const views = await PortfolioView.visibleTo(viewer)
  const query = portfolioQuery({ ...filters, from: null, after: null, before: null })
  const opened = views.find(({ id }) => id === filters.from)
  return {
    tabs: [
      { label: 'All projects', href: '/portfolio?view=all', isCurrent: !opened && query === '' },
      ...views.map((view) => ({
        label: view.name,
        href: `/portfolio?view=${view.id}`,
        isCurrent: view.id === opened?.id,
        isShared: view.visibility === 'organisation',
      })),
    ],
    query,
    opened: opened && {
      view: opened,
      isChanged: opened.query !== query,
      isOwn: opened.isOwnedBy(viewer),
    },
  }
}

/** All views that the viewer may see, with what each shows and who keeps it. */
export async function viewListState(viewer: Viewer) {
  const views = await PortfolioView.visibleTo(viewer)
  const choices = await portfolioChoices(viewer)
  const names = await Membership.names(views.map(({ ownerId }) => ownerId))
  return {
    views: views.map((view) => ({
      id: view.id,
      name: view.name,
      shownTo: viewVisibilities[view.visibility],
      ownerName: view.isOwnedBy(viewer) ? 'You' : (names.get(view.ownerId) ?? 'a former member'),
      isDefault: view.isDefault && view.isOwnedBy(viewer),
      shows: filtersInWords(view.filters, choices),
      mayChange: view.isOwnedBy(viewer) || mayTidy(viewer, view),
    })),
  }
}

function mayTidy(viewer: Viewer, { visibility }: PortfolioView) {
  return visibility === 'organisation' && viewer.can('programme.manage')
}

/** The form of a new or present view, with what it would show. */
export async function viewFormState(viewer: Viewer, query: string, view?: PortfolioView) {
  const filters = filtersIn(query)
  return {
    record: view ?? {},
    isOwn: !view || view.isOwnedBy(viewer),
    query: portfolioQuery(filters),
    shows: filtersInWords(filters, await portfolioChoices(viewer)),
    options: terms.options(viewVisibilities),
  }
}
