import { addDays, inWords, today } from '#models/days'
import type Project from '#models/project'
import { reportRef } from '#models/report/refs'
import ReportSchedule from '#models/report_schedule'
import StatusReport from '#models/status_report'
import { refuse } from '#models/violation'

export type Period = Pick<StatusReport, 'periodStartOn' | 'periodEndOn'>

/** The length of the first report's period, in days. */
const FIRST_PERIOD = 30

/** How many days before its period ends a report may be written: the longest interval is a month. */
const AHEAD = 31

/** The period of the next report: from where the last one ended to when it is due, or today. */
export async function nextPeriod(project: Project): Promise<Period> {
  const last = await StatusReport.latest(project)
  const schedule = await ReportSchedule.of(project)
  const now = today()
  const start = last ? least(addDays(last.periodEndOn, 1), now) : addDays(now, -FIRST_PERIOD)
  const due = schedule && schedule.nextDueOn < now ? schedule.nextDueOn : now
  return { periodStartOn: start, periodEndOn: due < start ? now : due }
}

function least(one: string, other: string) {
  return one < other ? one : other
}

/** A report is about the past. */
export function refuseUnfit({ periodStartOn, periodEndOn }: Period) {
  if (periodStartOn > periodEndOn)
    refuse('period_end_on', 'Enter an end date on or after the start date')
  if (periodStartOn > today())
    refuse('period_start_on', 'Enter a start date that is not in the future')
  if (periodEndOn > addDays(today(), AHEAD)) {
    refuse('period_end_on', 'Enter an end date no more than a month from now')
  }
}

/** What a period leaves out, or repeats, after the last report; null when it continues from there. */
export async function remarkOn(project: Project, report: StatusReport): Promise<string | null> {
  const last = report.isPublished || report.correctsId ? null : await StatusReport.latest(project)
  if (!last) return null
  const ref = reportRef(project.code, last.number)
  const next = addDays(last.periodEndOn, 1)
  if (report.periodStartOn < next) {
    return `This period overlaps ${ref}, which covered up to ${inWords(last.periodEndOn)}.`
  }
  if (report.periodStartOn === next) return null
  const until = addDays(report.periodStartOn, -1)
  return `No report covers ${until === next ? inWords(next) : `${inWords(next)} to ${inWords(until)}`}, because ${ref} ended earlier.`
}
