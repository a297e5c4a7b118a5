import type { HttpContext } from '@adonisjs/core/http'
import { reportInput, reportOf, toReports } from '#controllers/reports/input'
import { orCompare } from '#controllers/saving'
import { beginReport, discardDraft, refuseUnlessDraft, saveDraft } from '#models/report/drafting'
import { gapsOf, submitReport } from '#models/report/steps'
import StatusReport from '#models/status_report'
import type { Violation } from '#models/violation'
import { draftComparison } from '#pages/reports/draft_comparison'
import { editorState, newReportState } from '#pages/reports/editor_page'
import { reportListState } from '#pages/reports/list_page'
import { reportState } from '#pages/reports/report_page'
import { lockVersion } from '#validators/lock_version'
import { storeReport } from '#validators/report'

export default class ReportsController {
  async index({ htmx, project, request, viewer }: HttpContext) {
    return htmx.page('pages/reports/index', await reportListState(project, viewer, request.qs()))
  }

  /** Begins a report, or continues the one already being written. */
  async create(ctx: HttpContext) {
    const { htmx, project } = ctx
    const open = await StatusReport.open(project)
    if (open) return toReports(ctx, null, open.isDraft ? `/${open.id}/edit` : `/${open.id}`)
    return htmx.page('pages/reports/create', await newReportState(project))
  }

  async store(ctx: HttpContext) {
    const input = await ctx.request.validateUsing(storeReport)
    const period = { periodStartOn: input.period_start_on, periodEndOn: input.period_end_on }
    const report = await beginReport(ctx.project, period)
    return toReports(
      ctx,
      `${report.ref} was started and filled in from the project’s records.`,
      `/${report.id}/edit`
    )
  }

  async show(ctx: HttpContext) {
    const { htmx, project, viewer } = ctx
    const report = await reportOf(ctx)
    return htmx.page('pages/reports/show', await reportState(project, report, viewer))
  }

  async edit(ctx: HttpContext) {
    const { htmx, project, session, viewer } = ctx
    const report = await reportOf(ctx)
    if (!report.isDraft) {
      session.reflash()
      return toReports(ctx, null, `/${report.id}`)
    }
    return htmx.page('pages/reports/edit', await editorState(project, report, viewer))
  }

  /** Saves the draft, then shows or submits it; where someone else saved first, shows both versions. */
  async update(ctx: HttpContext) {
    const { project } = ctx
    const report = await reportOf(ctx)
    const page = `/projects/${project.id}/reports/${report.id}/edit`
    const compare = async (present: StatusReport) => {
      refuseUnlessDraft(present)
      return draftComparison(project, present, (await reportInput(ctx)).values)
    }
    return orCompare(ctx, { page, compare }, async () => {
      const { values, version, then } = await reportInput(ctx)
      await saveDraft(report, values, version)
      return goOn(ctx, report, then)
    })
  }

  async destroy(ctx: HttpContext) {
    const report = await reportOf(ctx)
    const { lock_version: version } = await ctx.request.validateUsing(lockVersion)
    await discardDraft(report, version)
    return toReports(ctx, `The draft of ${report.ref} was discarded.`)
  }
}

/** What happens after a draft is saved. Missing content blocks submission, not saving. */
async function goOn(ctx: HttpContext, report: StatusReport, then: 'save' | 'preview' | 'submit') {
  if (then === 'preview') return toReports(ctx, `${report.ref} was saved.`, `/${report.id}`)
  if (then === 'save') {
    return toReports(ctx, `${report.ref} was saved as a draft.`, `/${report.id}/edit`)
  }
  const gaps = await gapsOf(ctx.project, report)
  if (gaps.length > 0) return withGaps(ctx, report, gaps)
  await submitReport(ctx.project, report, report.lockVersion)
  return toReports(ctx, `${report.ref} was submitted.`, `/${report.id}`)
}

function withGaps(ctx: HttpContext, report: StatusReport, gaps: Violation[]) {
  const bag = Object.fromEntries(gaps.map(({ field, message }) => [field, [message]]))
  ctx.session.flash('inputErrorsBag', bag)
  ctx.session.flash(
    'warning',
    `${report.ref} was saved. Complete the missing parts before you submit it.`
  )
  return toReports(ctx, null, `/${report.id}/edit`)
}
