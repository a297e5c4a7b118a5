import type { HttpContext } from '@adonisjs/core/http'
import { authorizePublishing, reportOf, toReports } from '#controllers/reports/input'
import { publishReport } from '#models/report/steps'
import { lockVersion } from '#validators/lock_version'

export default class PublicationsController {
  /** Publishes a report. From then on it cannot change. */
  async store(ctx: HttpContext) {
    const report = await reportOf(ctx)
    await authorizePublishing(ctx)
    const { lock_version: version } = await ctx.request.validateUsing(lockVersion)
    await publishReport(ctx.project, report, version)
    return toReports(ctx, `${report.ref} was published.`, `/${report.id}`)
  }
}
