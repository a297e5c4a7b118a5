import type { HttpContext } from '@adonisjs/core/http'
import { toReports } from '#controllers/reports/input'
import ReportSubscription from '#models/report_subscription'

export default class SubscriptionsController {
  /** Subscribes the viewer to reports. */
  async store(ctx: HttpContext) {
    await ReportSubscription.add(ctx.project, ctx.viewer.membershipId)
    return toReports(ctx, 'You will be notified when a report is published.')
  }

  async destroy(ctx: HttpContext) {
    await (await ReportSubscription.ofMember(ctx.project, ctx.viewer.membershipId))?.delete()
    return toReports(ctx, 'You will no longer be notified of reports.')
  }
}
