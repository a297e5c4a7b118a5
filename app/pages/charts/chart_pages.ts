import { assumptionBurnDown } from '#models/charts/assumptions'
import { openByAge, weeklyFlow } from '#models/charts/flow'
import { gatesOf, nextGatesWithin } from '#models/charts/gates'
import { ratingsByMonth, ratingSpans } from '#models/charts/ratings'
import type { ChartScope } from '#models/charts/scope'
import Programme from '#models/programme'
import type Project from '#models/project'
import { today, addDays } from '#models/days'
import { heatMapCells } from '#models/raid/heat_map'
import type { Viewer } from '#identity/viewer'
import { gateChart } from '#pages/charts/gate_chart'
import { ageChart, burnDownChart, flowChart } from '#pages/charts/raid_charts'
import { portfolioRatingChart, ratingChart } from '#pages/charts/rating_charts'
import { heatMapState, legendOf } from '#pages/raid/heat_map_page'
import { scoring } from '#models/raid/scoring'

const WEEKS = 26
const YEAR = 365

/** The charts of one project, those of its overall health first. */
export async function projectCharts(project: Project, viewer: Viewer) {
  const scope = { project, viewer }
  const url = `/projects/${project.id}`
  const since = addDays(today(), -YEAR)
  return {
    heatMap: await heatOf(scope, `${url}/raid`),
    charts: [
      ratingChart(await ratingSpans(project, since), since, `${url}/health`),
      gateChart(await gatesOf(project), 'gate'),
      ...(await raidCharts(scope, `${url}/raid`)),
    ].filter((chart) => chart !== null),
  }
}

/** The same over all visible projects, or those of a programme. */
export async function portfolioCharts(viewer: Viewer, programmeId: string | null) {
  const scope = { viewer, programmeId }
  const programmes = await Programme.inOrder()
  return {
    heatMap: await heatOf(scope, '/raid'),
    charts: [
      portfolioRatingChart(await ratingsByMonth(scope)),
      gateChart(await nextGatesWithin(scope), 'project'),
      ...(await raidCharts(scope, '/raid')),
    ].filter((chart) => chart !== null),
    programmeId,
    programmes: programmes.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
  }
}

async function raidCharts(scope: ChartScope, list: string) {
  return [
    flowChart(await weeklyFlow(scope, { weeks: WEEKS })),
    ageChart(await openByAge(scope), list),
    burnDownChart(await assumptionBurnDown(scope)),
  ]
}

/** A programme's risks have no list of their own, so its cells link nowhere. */
async function heatOf(scope: ChartScope, list: string) {
  const map = heatMapState(await heatMapCells(scope), list)
  const rows = scope.programmeId
    ? map.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, href: null })) }))
    : map.rows
  return { ...map, rows, legend: legendOf(scoring()) }
}
