import type { HttpContext } from '@adonisjs/core/http'
import { saveOrCompare } from '#controllers/saving'
import { toReports } from '#controllers/reports/input'
import ReportSchedule from '#models/report_schedule'
import { scheduleFields, scheduleState } from '#pages/reports/schedule_page'
import { lockVersion } from '#validators/lock_version'
import { updateSchedule } from '#validators/report'

export default class SchedulesController {
  async edit({ htmx, project }: HttpContext) {
    return htmx.page('pages/reports/schedule', await scheduleState(project))
  }

  async update(ctx: HttpContext) {
    const { project, request } = ctx
    const input = await request.validateUsing(updateSchedule)
    const rhythm = { cadence: input.cadence, firstDueOn: input.first_due_on }
    const list = `/projects/${project.id}/reports`
    return saveOrCompare(
      ctx,
      {
        label: 'the schedule of reports',
        type: 'report_schedule',
        fields: scheduleFields,
        action: `${list}/schedule`,
        page: `${list}/schedule`,
        back: list,
        done: list,
        current: 'project.reports',
        mine: rhythm,
        crumbs: [{ href: list, label: 'Reports' }],
        message: 'The schedule was saved.',
      },
      () => ReportSchedule.set(project, rhythm, input.lock_version)
    )
  }

  /** Ends the schedule: no more reports fall due. */
  async destroy(ctx: HttpContext) {
    const { lock_version: version } = await ctx.request.validateUsing(lockVersion)
    const schedule = await ReportSchedule.of(ctx.project)
    await schedule?.lockRow(version)
    await schedule?.delete()
    return toReports(ctx, 'The schedule was removed.')
  }
}
