import type { HttpContext } from '@adonisjs/core/http'
import { reportOf, toReports } from '#controllers/reports/input'
import { returnReport, submitReport } from '#models/report/steps'
import { lockVersion } from '#validators/lock_version'
import { givenReason } from '#validators/report'

export default class SubmissionsController {
  /** Submits a draft to those who publish. */
  async store(ctx: HttpContext) {
    const report = await reportOf(ctx)
    const { lock_version: version } = await ctx.request.validateUsing(lockVersion)
    await submitReport(ctx.project, report, version)
    return toReports(ctx, `${report.ref} was submitted.`, `/${report.id}`)
  }

  /** Returns it to draft, for a reason. */
  async destroy(ctx: HttpContext) {
    const report = await reportOf(ctx)
    const { reason, lock_version: version } = await ctx.request.validateUsing(givenReason)
    await returnReport(ctx.project, report, reason, version)
    return toReports(ctx, `${report.ref} is a draft again.`, `/${report.id}`)
  }
}
