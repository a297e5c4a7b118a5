import type { Viewer } from '#identity/viewer'
import { portfolioChoices, type PortfolioChoices } from '#models/portfolio/choices'
import {
  PAGE_SIZES,
  portfolioFlags,
  portfolioQuery,
  portfolioSorts,
  type PortfolioFilters,
  type PortfolioSort,
} from '#models/portfolio/filters'
import { portfolioPage } from '#models/portfolio/list'
import { exportsOf, neighbours } from '#pages/list_parts'
import { appliedFilters } from '#pages/portfolio/applied'
import { gridRows, type GridRow } from '#pages/portfolio/grid_rows'
import * as terms from '#registries/terms'

type Column = { label: string; sort?: PortfolioSort; short?: string; class?: string }

const COLUMNS: Column[] = [
  { label: 'Project', sort: 'code' },
  { label: 'Stage' },
  { label: 'Overall', sort: 'rag' },
  ...[
    ['Schedule', 'Sch'],
    ['Cost', 'Cost'],
    ['Scope', 'Scope'],
    ['Benefits', 'Ben'],
    ['Resources', 'Res'],
  ].map(([label, short]) => ({ label, short })),
  { label: 'Delivery confidence', short: 'Conf', sort: 'confidence' },
  { label: 'Next gate', sort: 'gate' },
  { label: 'Slip', sort: 'slip', class: 'num' },
  { label: 'Severe risks', short: 'Severe', sort: 'severe', class: 'num' },
  { label: 'Lapsed conditions', short: 'Lapsed', class: 'num' },
  { label: 'Report', sort: 'report' },
]

/** Everything that the portfolio grid shows. The number of queries does not grow with the projects. */
export async function portfolioGrid(viewer: Viewer, filters: PortfolioFilters) {
  const [{ page, totals }, choices] = await Promise.all([
    portfolioPage(viewer, filters),
    portfolioChoices(viewer),
  ])
  const rows = await gridRows(
    page.rows.map(({ id }) => id),
    viewer
  )
  const link = (changes: Partial<PortfolioFilters>) =>
    gridUrl({ ...filters, after: null, before: null, ...changes })
  return {
    groups: grouped(rows, filters),
    list: {
      filters,
      query: portfolioQuery({ ...filters, from: null, after: null, before: null }),
      exports: exportsOf('/portfolio', exportQuery(filters)),
      choices: optionsOf(choices),
      applied: appliedFilters(filters, choices, link),
      columns: COLUMNS.map((column) => ({
        ...column,
        href: column.sort && link(turned(filters, column.sort)),
        direction: filters.sort === column.sort ? filters.direction : undefined,
      })),
      totals: totalsOf(totals, filters, link),
      summary: `${rows.length} shown`,
      ...neighbours(page, link),
    },
  }
}

/** What an export keeps: filters, order and groups, whatever page is shown. */
function exportQuery(filters: PortfolioFilters) {
  const query = portfolioQuery({ ...filters, from: null, after: null, before: null })
  return query && `?${query}`
}

function gridUrl(filters: PortfolioFilters) {
  return `/portfolio?${portfolioQuery(filters) || 'view=all'}`
}

type Group = { label: string | null; href: string | null; rows: GridRow[] }

function grouped(rows: GridRow[], { isGrouped }: PortfolioFilters): Group[] {
  if (!isGrouped) return rows.length > 0 ? [{ label: null, href: null, rows }] : []
  return [...Map.groupBy(rows, ({ programme }) => programme?.id)].map(([id, found]) => ({
    label: found[0].programme
      ? `${found[0].programme.code} ${found[0].programme.name}`
      : 'No programme',
    href: id ? `/programmes/${id}` : null,
    rows: found,
  }))
}

/** The first click sorts by what needs attention, the second reverses it. */
function turned(filters: PortfolioFilters, sort: PortfolioSort): Partial<PortfolioFilters> {
  const usual = portfolioSorts[sort]
  const other = usual === 'asc' ? 'desc' : 'asc'
  const isTurned = filters.sort === sort && filters.direction === usual
  return { sort, direction: isTurned ? other : usual }
}

const RATINGS = ['red', 'amber', 'green', 'not_rated', 'undeclared'] as const

function totalsOf(
  found: Map<string, number>,
  filters: PortfolioFilters,
  link: (changes: Partial<PortfolioFilters>) => string
) {
  const counts = RATINGS.map((rating) => ({
    rating,
    label: rating === 'undeclared' ? 'Not declared' : terms.ratings[rating].label,
    count: found.get(rating === 'undeclared' ? '' : rating) ?? 0,
    href: link({ rag: rating }),
    isCurrent: filters.rag === rating,
  }))
  return {
    all: counts.reduce((sum, { count }) => sum + count, 0),
    ratings: counts.filter(({ count }) => count > 0),
  }
}

/** The choices of each filter. */
export function optionsOf({ programmes, managers, stages }: PortfolioChoices) {
  return {
    programmes: [
      ...programmes.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
      ...(programmes.length > 0 ? [{ value: 'none', label: 'No programme' }] : []),
    ],
    managers: [
      { value: 'me', label: 'Me' },
      ...managers.map(({ id, name }) => ({ value: id, label: name })),
    ],
    stages: stages.map((name) => ({ value: name, label: name })),
    ratings: [...terms.options(terms.ratings), { value: 'undeclared', label: 'Not declared' }],
    statuses: [{ value: 'all', label: 'Any status' }, ...terms.options(terms.projectStatuses)],
    flags: terms.options(portfolioFlags),
    sizes: PAGE_SIZES.map((size) => ({ value: size, label: `${size} a page` })),
  }
}
