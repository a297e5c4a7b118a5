import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { publicationOf } from '#models/report/surroundings'
import type StatusReport from '#models/status_report'
import { trendOf } from '#pages/reports/rating_view'
import { reportView, type ReportView } from '#pages/reports/report_view'
import { day } from '#registries/formats'

type Asked = { one?: unknown; other?: unknown }

/** Two published reports side by side, the earlier first; null when there are not two. */
export async function reportComparisonState(
  project: Project,
  reports: StatusReport[],
  asked: Asked,
  viewer: Viewer
) {
  const chosen = chosenFrom(reports, asked)
  return {
    options: reports.map((report) => ({ value: report.id, label: labelOf(report, project) })),
    one: chosen?.[0].id,
    other: chosen?.[1].id,
    comparison: chosen && (await compared(project, chosen, viewer)),
  }
}

/** The versions in the address; otherwise the last two current reports. */
function chosenFrom(reports: StatusReport[], { one, other }: Asked) {
  const standing = [...Map.groupBy(reports, ({ number }) => number).values()].map(
    ([first]) => first
  )
  const found = (id: unknown, fallback: StatusReport | undefined) =>
    reports.find((report) => report.id === id) ?? fallback
  const [earlier, later] = [found(one, standing[1]), found(other, standing[0])]
  if (!earlier || !later || earlier === later) return null
  return [earlier, later].sort((a, b) => a.number - b.number || a.version - b.version)
}

function labelOf(report: StatusReport, project: Project) {
  const version = report.version > 1 ? `, version ${report.version}` : ''
  return `${report.refersTo(project).ref}${version}, to ${day(report.periodEndOn)}`
}

async function compared(project: Project, chosen: StatusReport[], viewer: Viewer) {
  const views: ReportView[] = []
  for (const report of chosen) {
    views.push(await reportView((await publicationOf(report)).content, viewer))
  }
  const [one, other] = views
  return {
    reports: chosen.map((report) => ({ id: report.id, label: labelOf(report, project) })),
    ratings: [one.overall, ...one.ratings].map((before, index) => {
      const after = [other.overall, ...other.ratings][index]
      return { label: before.label, before, after, trend: trendOf(before.rating, after.rating) }
    }),
    texts: TEXTS.map(([label, name]) => ({
      label,
      before: one[name],
      after: other[name],
      isSame: one[name] === other[name],
    })).filter(({ before, after }) => before || after),
    milestones: milestonesIn(one, other),
    decisions: [one.decisions, other.decisions],
  }
}

const TEXTS = [
  ['Summary', 'summaryHtml'],
  ['Achieved', 'achievedHtml'],
  ['Planned next', 'plannedHtml'],
  ['Budget', 'budgetHtml'],
] as const

/** The forecasts of each milestone in either report. */
function milestonesIn(one: ReportView, other: ReportView) {
  return other.milestones.map((after) => {
    const before = one.milestones.find(({ ref, name }) => ref === after.ref && name === after.name)
    const [from, to] = [before?.actualOn ?? before?.forecastOn, after.actualOn ?? after.forecastOn]
    return { ref: after.ref, name: after.name, from, to, isMoved: from !== to }
  })
}
