import type { HttpContext } from '@adonisjs/core/http'
import { reportOf, toReports } from '#controllers/reports/input'
import { beginCorrection } from '#models/report/drafting'
import StatusReport from '#models/status_report'
import { storeCorrection } from '#validators/report'

export default class CorrectionsController {
  async create(ctx: HttpContext) {
    const report = await reportOf(ctx)
    const next = report.isPublished ? await report.successor() : report
    if (next) return toReports(ctx, null, `/${next.id}`)
    const open = await StatusReport.open(ctx.project)
    const state = { report: { id: report.id, ref: report.ref }, isBlocked: open !== null }
    return ctx.htmx.page('pages/reports/correct', state)
  }

  /** Begins the next version of a published report. */
  async store(ctx: HttpContext) {
    const report = await reportOf(ctx)
    const { reason } = await ctx.request.validateUsing(storeCorrection)
    const next = await beginCorrection(ctx.project, report, reason)
    const message = `Version ${next.version} of ${next.ref} was started.`
    return toReports(ctx, message, `/${next.id}/edit`)
  }
}
