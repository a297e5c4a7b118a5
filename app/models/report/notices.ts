import { beginning } from '#models/text/beginning'
import { inWords } from '#models/days'
import { dimensions, ratings } from '#models/health/enumerations'
import Membership from '#models/membership'
import { presentOrOffice } from '#models/membership/standing_in'
import { mentionOf } from '#models/text/mention'
import { notify } from '#models/notification'
import type Project from '#models/project'
import type { ReportContent } from '#models/report/content'
import ReportSubscription from '#models/report_subscription'
import type StatusReport from '#models/status_report'

const LONGEST_SUMMARY = 600

/** Tells the people who publish that a report waits for them. */
export async function tellSubmitted(project: Project, report: StatusReport) {
  const office = await Membership.holding('pmo')
  await notify({
    kind: 'report_submitted',
    to: [project.sponsorId, ...office].filter((id) => id !== null),
    project,
    path: pathOf(project, report),
    title: `${report.ref} was submitted by ${mentionOf(report.submittedBy!)} and is waiting to be published`,
    key: `report-submitted:${report.id}:${report.lockVersion}`,
  })
}

/** Tells its authors that a report was returned; in place of those who have left, the project's manager or the PMO. */
export async function tellReturned(project: Project, report: StatusReport, writers: string[]) {
  const present = await Membership.active(writers)
  const instead = present.size === 0 ? await presentOrOffice([project.managerId]) : []
  await notify({
    kind: 'report_due',
    to: [...present, ...instead],
    project,
    path: pathOf(project, report),
    title: `${report.ref} was sent back to you`,
    detail: report.returnReason,
    key: `report-returned:${report.id}:${report.lockVersion}`,
  })
}

/** Notifies each subscriber once of each version. */
export async function tellPublished(
  project: Project,
  report: StatusReport,
  content: ReportContent
) {
  const subscriptions = await ReportSubscription.of(project)
  await notify({
    kind: 'report_published',
    to: subscriptions.map(({ membershipId }) => membershipId),
    project,
    path: pathOf(project, report),
    title: titleOf(report, content),
    detail: detailOf(content),
    key: `report-published:${report.id}`,
  })
}

function titleOf({ ref, version }: StatusReport, { ratings: said }: ReportContent) {
  const overall = said.find(({ dimension }) => dimension === 'overall')!
  const what = version > 1 ? 'was corrected' : 'is published'
  return `${ref} ${what}: overall ${ratings[overall.rating].toLowerCase()}`
}

function detailOf(content: ReportContent) {
  const period = `${inWords(content.period_start_on)} to ${inWords(content.period_end_on)}`
  const rated = content.ratings
    .filter(({ dimension }) => dimension !== 'overall')
    .map(({ dimension, rating }) => `${dimensions[dimension]}: ${ratings[rating].toLowerCase()}`)
  return [
    `Period ${period}. ${rated.join(', ')}.`,
    ...(content.correction_reason ? [`Corrected because: ${content.correction_reason}`] : []),
    ...(content.summary ? [beginning(content.summary, LONGEST_SUMMARY)] : []),
  ].join('\n\n')
}

function pathOf(project: Project, report: StatusReport) {
  return `/projects/${project.id}/reports/${report.id}`
}
