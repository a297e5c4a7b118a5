import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import type Project from '#models/project'
import { RATED, cadences } from '#models/report/enumerations'
import { listReports, REPORTS_PER_PAGE, type ReportRow } from '#models/report/list'
import { reportRef } from '#models/report/refs'
import ReportSchedule from '#models/report_schedule'
import ReportSubscription from '#models/report_subscription'
import StatusReport from '#models/status_report'
import { assigneeChoices } from '#models/task/assignees'
import { dimensions } from '#models/health/enumerations'
import { exportsOf } from '#pages/list_parts'
import { ragChart } from '#pages/reports/rag_chart'

/** Everything that the page of a project's reports shows. */
export async function reportListState(
  project: Project,
  viewer: Viewer,
  query: Record<string, unknown>
) {
  const below = belowOf(query)
  const found = await listReports(project, below)
  const rows = found.slice(0, REPORTS_PER_PAGE)
  const schedule = await ReportSchedule.of(project)
  return {
    reports: rows.map((row, index) => rowState(row, rows[index + 1], project)),
    dimensions: RATED.map((dimension) => dimensions[dimension]),
    chart: below === null ? ragChart(rows) : null,
    older: found.length > rows.length ? `?below=${rows.at(-1)!.number}` : null,
    isFirst: below === null,
    exports: exportsOf(`/projects/${project.id}/reports`),
    open: await openState(project, viewer),
    schedule: schedule && {
      cadence: cadences[schedule.cadence],
      nextDueOn: schedule.nextDueOn,
      isOverdue: schedule.isOverdue,
    },
    ...(await subscriptionState(project, viewer)),
    can: {
      write: viewer.can('report.write', project),
      subscribeOthers: viewer.can('report.subscribe.others', project),
    },
  }
}

function belowOf({ below }: Record<string, unknown>) {
  return typeof below === 'string' && /^\d{1,9}$/.test(below) ? Number(below) : null
}

function rowState(row: ReportRow, before: ReportRow | undefined, project: Project) {
  return {
    id: row.id,
    ref: reportRef(project.code, row.number),
    version: row.version,
    periodStart: row.period_start_on,
    periodEnd: row.period_end_on,
    publishedAt: row.published_at,
    publisher: row.publisher_name ?? 'A former member',
    ratings: RATED.map((dimension) => ({
      label: dimensions[dimension],
      rating: row.ratings[dimension] ?? 'not_rated',
    })),
    compareHref:
      before && `/projects/${project.id}/reports/comparison?one=${before.id}&other=${row.id}`,
  }
}

/** The report being written, for people who may know of it. */
async function openState(project: Project, viewer: Viewer) {
  if (!viewer.can('report.read.drafts', project)) return null
  const open = await StatusReport.open(project)
  if (!open) return null
  const { id, state, version, isDraft } = open
  const isWriter = isDraft && viewer.can('report.write', project)
  const href = `/projects/${project.id}/reports/${id}${isWriter ? '/edit' : ''}`
  return { ref: open.refersTo(project).ref, state, version, href, isWriter }
}

async function subscriptionState(project: Project, viewer: Viewer) {
  const subscriptions = await ReportSubscription.of(project)
  const isSubscribed = subscriptions.some((row) => row.membershipId === viewer.membershipId)
  if (!viewer.can('report.subscribe.others', project)) {
    return { isSubscribed, subscribers: [], candidates: [] }
  }
  const names = await Membership.names(subscriptions.map(({ membershipId }) => membershipId))
  const { members } = await assigneeChoices(project, { outside: false })
  return {
    isSubscribed,
    subscribers: subscriptions.map(({ id, membershipId }) => ({
      id,
      name: names.get(membershipId) ?? 'A former member',
    })),
    candidates: members
      .filter(({ id }) => !subscriptions.some((row) => row.membershipId === id))
      .map(({ id, name }) => ({ value: id, label: name })),
  }
}
