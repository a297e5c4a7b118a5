import { forgetNotices } from '#models/notification/retention'
import type Project from '#models/project'
import { declaredRatingsOf } from '#models/health/declared'
import { allocateNumbers } from '#models/project/numbers'
import {
  keepParts,
  partChanges,
  partsOf,
  replaceParts,
  type ReportParts,
} from '#models/report/parts'
import { refuseUnfit, type Period } from '#models/report/periods'
import { prefilled } from '#models/report/prefill'
import { recordOf } from '#models/report/record/record'
import { lastContent, publicationOf, sinceOf } from '#models/report/surroundings'
import { ownOf, partsIn, type ReportValues } from '#models/report/values'
import StatusReport from '#models/status_report'
import { takeTurns } from '#models/saving/turns'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

const NONE: ReportParts = { ratings: [], decisions: [] }

/** Begins a report, filled from the records. */
export async function beginReport(project: Project, period: Period) {
  refuseUnfit(period)
  await refuseSecond(project)
  const last = await lastContent(project)
  const found = await recordOf(project, sinceOf(last, period))
  const declared = await declaredRatingsOf(project)
  const { parts, ...texts } = prefilled(project, found, declared)
  const report = new StatusReport().merge({
    ...period,
    ...texts,
    number: await allocateNumbers(project.id, 'report', 1),
    version: 1,
  })
  return keepNew(project, report, parts)
}

/** Begins the next version of a published report, for a reason, with the text to be corrected. */
export async function beginCorrection(project: Project, wrong: StatusReport, reason: string) {
  if (!wrong.isPublished || (await wrong.successor())) {
    refuse('reason', 'You can correct only the current version of a report')
  }
  await refuseSecond(project)
  const { content } = await publicationOf(wrong)
  const { periodStartOn, periodEndOn, summary, achieved, planned, budget } = wrong
  const report = new StatusReport().merge({
    periodStartOn,
    periodEndOn,
    summary,
    achieved,
    planned,
    budget,
    number: content.report.number,
    version: wrong.version + 1,
    correctsId: wrong.id,
    correctionReason: reason,
  })
  report.auditAs('status_report.correction_begun')
  return keepNew(project, report, await partsOf(wrong))
}

async function keepNew(project: Project, report: StatusReport, parts: ReportParts) {
  report.merge({
    projectId: project.id,
    authorId: Tenancy.current().membershipId!,
    state: 'draft',
    lockVersion: 1,
  })
  await report.refersTo(project).auditBesides(partChanges(NONE, parts)).save()
  await keepParts(report, parts)
  return report
}

/** Two reports at once would report the same changes twice. */
async function refuseSecond(project: Project) {
  await takeTurns('projects', project.id)
  if (await StatusReport.open(project)) {
    refuse('period_start_on', 'Another report of this project is already being written')
  }
}

/** Saves a draft if it has not changed since `lockVersion` was read; otherwise throws StaleRecord. */
export async function saveDraft(report: StatusReport, values: ReportValues, lockVersion: number) {
  await report.lockRow(lockVersion)
  refuseUnlessDraft(report)
  const own = ownOf(values)
  refuseUnfit(own)
  const before = await partsOf(report)
  const after = partsIn(values)
  const changes = partChanges(before, after)
  report.merge(own)
  if (Object.keys(changes).length === 0) return report.saveRevision()
  // Perhaps only the parts have changed: the row's version rises with them.
  report.lockVersion += 1
  await report.auditBesides(changes).save()
  await replaceParts(report, after)
  return report
}

/** A submitted report can change only once it is a draft again. */
export function refuseUnlessDraft(report: StatusReport) {
  if (!report.isDraft)
    refuse('state', 'The report has been submitted. Return it to draft to change it.')
}

/** Deletes a draft; the trail keeps the fact that there was one. */
export async function discardDraft(report: StatusReport, lockVersion: number) {
  await report.lockRow(lockVersion)
  if (!report.isDraft) refuse('state', 'Only a draft can be discarded')
  await report.delete()
  await forgetNotices([`/projects/${report.projectId}/reports/${report.id}`])
}
