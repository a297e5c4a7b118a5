import { inWords } from '#models/days'
import { morningReaders } from '#models/morning/readers'
import type { Morning } from '#models/morning/round'
import { MAY_SEE_PROJECT } from '#models/notification/visibility'
import { notToldBefore } from '#models/notification/audience'
import type { NewNotification } from '#models/notification'
import { IS_AT_WORK } from '#models/project/states'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  reader: string
  today: string
  project_id: string
  code: string
  name: string
  due_on: string
  occasion: string
}

/** The manager is reminded this many days before; on the day; and each week that it is overdue. */
const BEFORE = 2
const AGAIN = 7

/** The reports falling due, for the manager of each project: once for each of these days. */
export async function reportsDue(mornings: Morning[]): Promise<NewNotification[]> {
  const [readers, values] = morningReaders(mornings)
  const rows = await read<Row>(
    Tenancy.current().trx,
    `with readers as (${readers}), due as (
       select memberships.organisation_id, memberships.id, memberships.today,
              projects.id as project_id, projects.code, projects.name,
              report_schedules.next_due_on::text as due_on,
              'report-due:' || report_schedules.project_id || ':' || report_schedules.next_due_on || ':'
                || case when memberships.today < report_schedules.next_due_on then 'before'
                   else ((memberships.today - report_schedules.next_due_on) / ?)::text end as occasion
         from readers as memberships
         join projects on projects.organisation_id = memberships.organisation_id
          and projects.manager_id = memberships.id and ${IS_AT_WORK}
          and ${MAY_SEE_PROJECT}
         join report_schedules on report_schedules.organisation_id = projects.organisation_id
          and report_schedules.project_id = projects.id
          and report_schedules.next_due_on <= memberships.today + ?::integer
        where not exists (select from status_reports
          where status_reports.organisation_id = projects.organisation_id
            and status_reports.project_id = projects.id and status_reports.state = 'submitted'))
     select memberships.id as reader, memberships.today::text as today, memberships.project_id,
            memberships.code, memberships.name, memberships.due_on, memberships.occasion
       from due as memberships
      where ${notToldBefore('memberships.occasion')}
      order by memberships.id, memberships.due_on, memberships.project_id`,
    [...values, AGAIN, BEFORE]
  )
  return rows.map(toNotice)
}

function toNotice(row: Row): NewNotification {
  const isOverdue = row.due_on < row.today
  return {
    kind: 'report_due',
    to: [row.reader],
    project: { id: row.project_id, code: row.code, name: row.name },
    path: `/projects/${row.project_id}/reports/create`,
    title: isOverdue
      ? `The status report of ${row.code} was due on ${inWords(row.due_on)}`
      : `The status report of ${row.code} is due on ${inWords(row.due_on)}`,
    key: row.occasion,
  }
}
