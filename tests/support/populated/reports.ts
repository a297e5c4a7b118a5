import type Project from '#models/project'
import ReportSchedule from '#models/report_schedule'
import ReportSubscription from '#models/report_subscription'
import Task from '#models/task'
import { Reports } from '#tests/support/reports'
import { inDays } from '#tests/support/table'
import type { World } from '#tests/support/world'

/** Two versions of a published report, one that waits to be published, a schedule and a subscription. */
export async function addReportRows(world: World, project: Project) {
  const { membershipId } = await world.person('manager')
  await world.inside(async () => {
    await ReportSchedule.set(project, { cadence: 'monthly', firstDueOn: inDays(20) }, 0)
    await ReportSubscription.add(project, membershipId)
  })
  const reports = new Reports(world, project)
  const decision = { decision1What: 'Which crane', decision1OwnerId: membershipId }
  const published = await reports.correct(await reports.publish(decision))
  await world.inside(() =>
    Task.add(project, {
      title: 'Choose a crane',
      assigneeId: membershipId,
      statusReportId: published.id,
    })
  )
  await reports.submit(decision)
}
