import type { Viewer } from '#identity/viewer'
import { portfolioChoices, type PortfolioChoices } from '#models/portfolio/choices'
import {
  isNarrowed,
  isUsualOrder,
  overviewQuery,
  reportStandings,
  type OverviewFilters,
  type OverviewSort,
  type ReportStanding,
} from '#models/report/overview/filters'
import { countStandings, listOverview } from '#models/report/overview/list'
import {
  exportsOf,
  headings,
  neighbours,
  summaryOf,
  withChosen,
  type Column,
} from '#pages/list_parts'
import { optionsOf } from '#pages/portfolio/grid_page'
import { appliedFilters } from '#pages/reports/overview_applied'
import { overviewRowState } from '#pages/reports/overview_row'
import * as terms from '#registries/terms'

const PATH = '/reports'

const COLUMNS: Column<OverviewSort>[] = [
  ['Project', 'code'],
  ['Next report', 'due'],
  ['In progress'],
  ['Reported', 'rag'],
  ['Latest report', 'published'],
  ['Period'],
]

/** The reporting status of every project. The number of queries does not grow with the projects. */
export async function overviewState(viewer: Viewer, filters: OverviewFilters) {
  const page = await listOverview(viewer, filters)
  const counts = await countStandings(viewer, filters)
  const choices = await portfolioChoices(viewer)
  const link = (changes: Partial<OverviewFilters> = {}) =>
    PATH + (overviewQuery(filters, changes) || '?view=all')
  const applied = appliedFilters(filters, choices, link)
  return {
    rows: page.rows.map((row) => overviewRowState(row, viewer)),
    columns: headings(COLUMNS, filters, link),
    tally: tallyOf(counts, filters, link),
    action: PATH,
    clear: `${PATH}?view=all`,
    keep: keptOf(filters),
    exports: exportsOf(PATH, overviewQuery(filters, { from: null })),
    filters,
    selects: withChosen(selects(choices), filters, applied),
    checks: [],
    applied,
    isFiltered: isNarrowed(filters),
    summary: summaryOf(page.rows.length, counts[filters.state ?? 'total'], false),
    ...neighbours(page, link),
  }
}

/** The order and the opened view stay when filters change. */
function keptOf({ sort, direction, from }: OverviewFilters): Record<string, string> {
  const kept: Record<string, string> = isUsualOrder({ sort, direction }) ? {} : { sort, direction }
  return from ? { ...kept, from } : kept
}

const PARTS: Record<ReportStanding, { label: string; icon: string; tone: string }> = {
  late: { label: 'Late', icon: 'alert', tone: 'bad' },
  due: { label: 'Due in 7 days', icon: 'calendar', tone: 'warn' },
  draft: { label: 'Being written', icon: 'draft', tone: 'info' },
  submitted: { label: 'To be published', icon: 'clock', tone: 'active' },
  published: { label: 'Published', icon: 'check', tone: 'good' },
  silent: { label: 'Silent', icon: 'bell', tone: 'warn' },
  unscheduled: { label: 'No schedule', icon: 'calendar', tone: 'quiet' },
}

/** How many projects have each status; each links to those. */
function tallyOf(
  counts: Record<ReportStanding | 'total', number>,
  filters: OverviewFilters,
  link: (changes: Partial<OverviewFilters>) => string
) {
  const keys = Object.keys(reportStandings) as ReportStanding[]
  return {
    total: counts.total,
    all: { href: link({ state: null }), isCurrent: !filters.state },
    parts: keys
      .filter((key) => counts[key] > 0 || filters.state === key)
      .map((key) => ({
        ...PARTS[key],
        count: counts[key],
        href: link({ state: key }),
        isCurrent: filters.state === key,
      })),
  }
}

function selects(choices: PortfolioChoices) {
  const { programmes, managers, ratings, statuses } = optionsOf(choices)
  const rated = ratings.filter(({ value }) => value !== 'undeclared')
  return [
    { name: 'state', label: 'Reports', any: 'Any state', options: terms.options(reportStandings) },
    { name: 'programme', label: 'Programme', any: 'Any programme', options: programmes },
    {
      name: 'rag',
      label: 'Reported',
      any: 'Any rating',
      options: [...rated, { value: 'none', label: 'No report yet' }],
    },
    { name: 'manager', label: 'Manager', any: 'Anyone', options: managers },
    { name: 'status', label: 'Status', any: 'Not closed', options: statuses },
  ].filter(({ options }) => options.length > 0)
}
