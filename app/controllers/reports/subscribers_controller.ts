import type { HttpContext } from '@adonisjs/core/http'
import { toReports } from '#controllers/reports/input'
import ReportSubscription from '#models/report_subscription'
import { assigneeChoices } from '#models/task/assignees'
import { refuse } from '#models/violation'
import { storeSubscriber } from '#validators/report'

export default class SubscribersController {
  /** The PMO subscribes someone who may read the project. */
  async store(ctx: HttpContext) {
    const { membership_id: id } = await ctx.request.validateUsing(storeSubscriber)
    const { members } = await assigneeChoices(ctx.project, { outside: false })
    const member = members.find((one) => one.id === id)
    if (!member) refuse('membership_id', 'Choose a member who can see this project')
    await ReportSubscription.add(ctx.project, id)
    return toReports(ctx, `${member.name} will be notified when a report is published.`)
  }

  async destroy(ctx: HttpContext) {
    const subscription = await ReportSubscription.findIn(ctx.project, ctx.params.id)
    await subscription.delete()
    return toReports(ctx, 'The subscription was removed.')
  }
}
