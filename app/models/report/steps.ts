import { DateTime } from 'luxon'
import { computedHealthOf } from '#models/health/computed'
import type Project from '#models/project'
import { contentOf, sealReport, type ReportContent } from '#models/report/content'
import { declareFrom } from '#models/report/declaring'
import { gapsIn } from '#models/report/gaps'
import { tellPublished, tellReturned, tellSubmitted } from '#models/report/notices'
import { partsOf } from '#models/report/parts'
import { surroundingsOf } from '#models/report/surroundings'
import ReportSchedule from '#models/report_schedule'
import type StatusReport from '#models/status_report'
import StatusReportPublication from '#models/status_report_publication'
import { refuse, refuseAll } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** What a draft lacks before it can be submitted. */
export async function gapsOf(project: Project, report: StatusReport) {
  const computed = report.correctsId ? {} : await computedHealthOf(project)
  return gapsIn(report, await partsOf(report), computed)
}

/** Submits a draft to those who publish. */
export async function submitReport(project: Project, report: StatusReport, lockVersion: number) {
  await report.lockRow(lockVersion)
  if (!report.isDraft) refuse('state', `${report.ref} has already been submitted`)
  refuseAll(await gapsOf(project, report))
  report.merge({
    state: 'submitted',
    submittedBy: Tenancy.current().membershipId,
    submittedAt: DateTime.utc(),
    returnedBy: null,
    returnedAt: null,
    returnReason: null,
  })
  await report.auditAs('status_report.submitted').saveRevision()
  await tellSubmitted(project, report)
}

/** Returns a submitted report to draft, for a reason. */
export async function returnReport(
  project: Project,
  report: StatusReport,
  reason: string,
  lockVersion: number
) {
  await report.lockRow(lockVersion)
  if (report.state !== 'submitted') refuse('reason', `${report.ref} is not waiting to be published`)
  const submitter = report.submittedBy!
  report.merge({
    state: 'draft',
    submittedBy: null,
    submittedAt: null,
    returnedBy: Tenancy.current().membershipId,
    returnedAt: DateTime.utc(),
    returnReason: reason,
  })
  await report.auditAs('status_report.withdrawn').saveRevision()
  await tellReturned(project, report, [submitter, report.authorId])
}

/**
 * Publishes a submitted report: freezes it, declares its ratings as the project's, advances the schedule and notifies
 * subscribers.
 */
export async function publishReport(
  project: Project,
  report: StatusReport,
  lockVersion: number,
  at: DateTime = DateTime.utc()
) {
  await report.lockRow(lockVersion)
  if (report.state !== 'submitted') refuse('state', `${report.ref} is not waiting to be published`)
  const isCorrection = report.correctsId !== null
  report.merge({ publishedBy: Tenancy.current().membershipId, publishedAt: at })
  const parts = await partsOf(report)
  const content = contentOf(project, report, parts, await surroundingsOf(project, report))
  await freeze(report, content)
  await declareFrom(project, report, parts)
  if (!isCorrection) await (await ReportSchedule.of(project))?.moveOn()
  await tellPublished(project, report, content)
  return content
}

/** The row is marked as published last: from then on nothing in it changes. */
async function freeze(report: StatusReport, content: ReportContent) {
  const { organisationId } = Tenancy.current()
  const { body, sha256 } = sealReport(organisationId, content)
  await StatusReportPublication.create({ reportId: report.id, body, sha256 })
  report.$extras.seal = sha256
  report.state = 'published'
  await report.auditAs('status_report.published').saveRevision()
}
