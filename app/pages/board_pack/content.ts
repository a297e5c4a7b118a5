import { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import { nextGatesWithin } from '#models/charts/gates'
import { ratingsByMonth } from '#models/charts/ratings'
import { portfolioChoices } from '#models/portfolio/choices'
import { listPortfolio, portfolioTotals } from '#models/portfolio/list'
import { filtersIn } from '#models/portfolio/kept'
import { restrictedFor, shownName } from '#models/person_flag'
import Project from '#models/project'
import { visibilities } from '#models/project/visibility'
import { gateChart } from '#pages/charts/gate_chart'
import type { Chart } from '#pages/charts/plot'
import { portfolioRatingChart } from '#pages/charts/rating_charts'
import { filtersInWords } from '#pages/portfolio/applied'
import { gridRows, type GridRow } from '#pages/portfolio/grid_rows'
import { projectSheet, type ProjectSheet } from '#pages/board_pack/project_sheet'
import { moment } from '#registries/formats'
import * as terms from '#registries/terms'
import Tenancy from '#tenancy/tenancy'

/** Everything in a board pack, in words, so that the writers look nothing up. */
export type PackContent = {
  organisation: string
  /** The moment of its content, for the record and as its reader's clock shows it. */
  at: DateTime
  asOf: string
  preparedFor: string
  /** What was selected from the portfolio. */
  selection: string
  /** Who may see it: those who may read each of the projects. */
  readers: { code: string; name: string; visibility: string }[]
  /** The projects in it, by id. */
  projectIds: string[]
  totals: { label: string; letter: string; tone: string; count: number }[]
  rows: GridRow[]
  /** More projects match than a pack shows. */
  isCut: boolean
  charts: Chart[]
  sheets: ProjectSheet[]
}

type Wanted = { query: string; projectIds: string[] }

/** More than a board reads in one table. */
const MOST_ROWS = 200

/** What the viewer may read of the portfolio at this moment; `tick` is called after each part. */
export async function packContent(
  viewer: Viewer,
  { query, projectIds }: Wanted,
  tick: () => Promise<void>
): Promise<PackContent> {
  const filters = { ...filtersIn(query), perPage: MOST_ROWS }
  const page = await listPortfolio(viewer, filters)
  const withheld = await restrictedFor(viewer)
  const found = await gridRows(
    page.rows.map(({ id }) => id),
    viewer
  )
  const rows = found.map((row) => ({
    ...row,
    managerName: shownName(row.managerId, row.managerName, withheld),
  }))
  await tick()
  const scope = { viewer, programmeId: filters.programme === 'none' ? null : filters.programme }
  const charts = [
    portfolioRatingChart(await ratingsByMonth(scope)),
    gateChart(await nextGatesWithin(scope), 'project'),
  ].filter((chart) => chart !== null)
  await tick()
  const projects = await chosen(viewer, projectIds)
  const sheets: ProjectSheet[] = []
  for (const project of projects) {
    sheets.push(await projectSheet(project, viewer, withheld))
    await tick()
  }
  const at = DateTime.utc()
  const shown = [...new Set([...rows, ...projects].map(({ id }) => id))]
  return {
    organisation: viewer.organisation.name,
    at,
    asOf: asOf(at),
    preparedFor: viewer.name,
    selection: inWords(filtersInWords(filters, await choicesFor(viewer, withheld))),
    readers: await readersOf(viewer, shown),
    projectIds: shown,
    totals: totalsOf(await portfolioTotals(viewer, filters)),
    rows,
    isCut: page.next !== null,
    charts,
    sheets,
  }
}

async function choicesFor(viewer: Viewer, withheld: ReadonlySet<string>) {
  const choices = await portfolioChoices(viewer)
  const managers = choices.managers.map((one) => ({
    ...one,
    name: shownName(one.id, one.name, withheld),
  }))
  return { ...choices, managers }
}

function asOf(at: DateTime) {
  return `${moment(at)} (${Tenancy.timeZone})`
}

function inWords(parts: string[]) {
  return parts.length > 0 ? parts.join('; ') : 'All projects that are not closed'
}

/** The projects that are still readable, by code. */
function chosen(viewer: Viewer, ids: string[]) {
  if (ids.length === 0) return Promise.resolve([])
  return Project.visibleTo(viewer).whereIn('projects.id', ids).orderBy('projects.code').exec()
}

async function readersOf(viewer: Viewer, ids: string[]) {
  if (ids.length === 0) return []
  const projects = await Project.visibleTo(viewer)
    .whereIn('projects.id', ids)
    .orderBy('projects.code')
  return projects.map(({ code, name, visibility }) => ({
    code,
    name,
    visibility: visibilities[visibility],
  }))
}

function totalsOf(found: Map<string, number>) {
  const looks = { ...terms.ratings, '': { label: 'Not declared', letter: '?', tone: 'none' } }
  return (['red', 'amber', 'green', 'not_rated', ''] as const).map((rating) => ({
    label: looks[rating].label,
    letter: looks[rating].letter,
    tone: looks[rating].tone ?? 'none',
    count: found.get(rating) ?? 0,
  }))
}
