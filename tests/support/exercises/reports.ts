import type { Exercise } from '#tests/support/exercises'
import { COMPLETE, PERIOD, Reports } from '#tests/support/reports'
import type { Scene } from '#tests/support/scene'
import { inDays } from '#tests/support/table'
import ReportSchedule from '#models/report_schedule'
import ReportSubscription from '#models/report_subscription'
import string from '@adonisjs/core/helpers/string'

/** How to make each audited route of status reports succeed once, each in a project of its own. */
export const reportExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'status_reports.store': async (scene) => {
    const { params } = await reportsIn(scene)
    return { as: 'manager', params, body: asForm(PERIOD) }
  },
  'status_reports.update': async (scene) => {
    const { reports, params } = await reportsIn(scene)
    const { id, lockVersion } = await reports.begin()
    const body = asForm({ ...PERIOD, ...COMPLETE })
    return {
      as: 'manager',
      params: { ...params, id },
      body: { ...body, lock_version: lockVersion },
    }
  },
  'status_reports.destroy': async (scene) => {
    const { reports, params } = await reportsIn(scene)
    const { id, lockVersion } = await reports.begin()
    return { as: 'manager', params: { ...params, id }, body: { lock_version: lockVersion } }
  },
  'status_reports.submissions.store': async (scene) => {
    const { reports, params } = await reportsIn(scene)
    const { id, lockVersion } = await reports.complete()
    return { as: 'manager', params: { ...params, id }, body: { lock_version: lockVersion } }
  },
  'status_reports.submissions.destroy': async (scene) => {
    const { reports, params } = await reportsIn(scene)
    const { id, lockVersion } = await reports.submit()
    const body = { reason: 'A figure is missing', lock_version: lockVersion }
    return { as: 'sponsor', params: { ...params, id }, body }
  },
  'status_reports.publications.store': async (scene) => {
    const { reports, params } = await reportsIn(scene)
    const { id, lockVersion } = await reports.submit()
    return { as: 'pmo', params: { ...params, id }, body: { lock_version: lockVersion } }
  },
  'status_reports.corrections.store': async (scene) => {
    const { reports, params } = await reportsIn(scene)
    const { id } = await reports.publish()
    return { as: 'manager', params: { ...params, id }, body: { reason: 'A wrong figure' } }
  },
  'report_schedules.update': async (scene) => {
    const { params } = await scheduledIn(scene)
    const body = { cadence: 'weekly', first_due_on: inDays(5), lock_version: 1 }
    return { as: 'manager', params, body }
  },
  'report_schedules.destroy': async (scene) => {
    const { params } = await scheduledIn(scene)
    return { as: 'manager', params, body: { lock_version: 1 } }
  },
  'report_subscriptions.store': async (scene) => {
    const { params } = await reportsIn(scene)
    return { as: 'viewer', params }
  },
  'report_subscriptions.destroy': async (scene) => {
    const { params } = await subscribedIn(scene)
    return { as: 'viewer', params }
  },
  'report_subscribers.store': async (scene) => {
    const { params } = await reportsIn(scene)
    const { membershipId } = await scene.world.person('viewer')
    return { as: 'pmo', params, body: { membership_id: membershipId } }
  },
  'report_subscribers.destroy': async (scene) => {
    const { params, id } = await subscribedIn(scene)
    return { as: 'pmo', params: { ...params, id } }
  },
}

async function reportsIn({ world }: Scene) {
  const reports = new Reports(world, await world.project())
  return { reports, params: { project_id: reports.project.id } }
}

async function scheduledIn(scene: Scene) {
  const { reports, params } = await reportsIn(scene)
  const rhythm = { cadence: 'monthly', firstDueOn: inDays(9) } as const
  await scene.world.inside(() => ReportSchedule.set(reports.project, rhythm, 0))
  return { params }
}

async function subscribedIn(scene: Scene) {
  const { reports, params } = await reportsIn(scene)
  const { membershipId } = await scene.world.person('viewer')
  const { id } = await scene.world.inside(() =>
    ReportSubscription.add(reports.project, membershipId)
  )
  return { params, id }
}

/** Values as their form sends them. */
export function asForm(values: Record<string, string | null>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [string.snakeCase(name), value ?? ''])
  )
}
