import type { Viewer } from '#identity/viewer'
import { portfolioChoices, type PortfolioChoices } from '#models/portfolio/choices'
import {
  isUsualOrder,
  reportStandings,
  type OverviewFilters,
  type OverviewSort,
} from '#models/report/overview/filters'
import { overviewFiltersIn } from '#models/report/overview/kept'
import { chips } from '#pages/list_parts'
import { managerName, programmeName } from '#pages/portfolio/applied'
import * as terms from '#registries/terms'

/** The contents of saved queries of the reports across projects, in words. */
export async function reportViewWords(viewer: Viewer) {
  const choices = await portfolioChoices(viewer)
  return (query: string) => {
    const filters = overviewFiltersIn(query)
    return [
      ...appliedFilters(filters, choices, () => '').map(({ label }) => label),
      ...(isUsualOrder(filters) ? [] : [`Sorted by ${sortNames[filters.sort]}`]),
    ]
  }
}

const sortNames: Record<OverviewSort, string> = {
  due: 'the day of the next report',
  code: 'code',
  rag: 'overall rating',
  published: 'age of the report',
}

/** The active filters, each with the address of the list without it. */
export function appliedFilters(
  filters: OverviewFilters,
  choices: PortfolioChoices,
  link: (changes: Partial<OverviewFilters>) => string
) {
  const { q, state, programme, rag, manager, status } = filters
  const candidates: [unknown, string, Partial<OverviewFilters>][] = [
    [q, `Search: ${q}`, { q: null }],
    [state, `Reports: ${state && reportStandings[state].toLowerCase()}`, { state: null }],
    [
      programme,
      `Programme: ${programme && programmeName(programme, choices)}`,
      { programme: null },
    ],
    [rag, `Reported: ${rag && ratingName(rag)}`, { rag: null }],
    [manager, `Manager: ${manager && managerName(manager, choices)}`, { manager: null }],
    [status, `Status: ${status && statusName(status)}`, { status: null }],
  ]
  return chips(candidates, link)
}

function ratingName(rag: NonNullable<OverviewFilters['rag']>) {
  return rag === 'none' ? 'no report yet' : terms.ratings[rag].label.toLowerCase()
}

function statusName(status: NonNullable<OverviewFilters['status']>) {
  return status === 'all' ? 'any' : terms.projectStatuses[status].label.toLowerCase()
}
