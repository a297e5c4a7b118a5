import { today, addDays } from '#models/days'
import type { Field } from '#models/raid/fields'
import type Project from '#models/project'
import { cadences } from '#models/report/enumerations'
import ReportSchedule from '#models/report_schedule'
import { options } from '#registries/terms'

export const scheduleFields: Field[] = [
  { key: 'cadence', label: 'How often', kind: 'choice', choices: cadences },
  { key: 'firstDueOn', label: 'First report due', kind: 'date' },
]

/** The form of a project's schedule; without one it offers the default. */
export async function scheduleState(project: Project) {
  const schedule = await ReportSchedule.of(project)
  const values = schedule
    ? { cadence: schedule.cadence, firstDueOn: schedule.firstDueOn }
    : { cadence: 'monthly', firstDueOn: addDays(today(), 30) }
  return {
    values,
    version: schedule?.lockVersion ?? 0,
    nextDueOn: schedule?.nextDueOn ?? null,
    shown: JSON.stringify(values),
    options: options(cadences),
  }
}
