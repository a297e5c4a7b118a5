import { loadOf, type WorkSource } from '#models/my_work/item'
import { visibleProjects } from '#models/project/visibility'
import { IS_AT_WORK, IS_NOT_OVER } from '#models/project/states'
import { reportRef } from '#models/report/refs'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  project_id: string
  code: string
  project_name: string
  due_on: string | null
  open_id: string | null
  open_number: number | null
  is_returned: boolean
  total: number
}

/** The reports that the viewer has to write: those that were returned, and those due this week or overdue. */
export const myReports: WorkSource = async (viewer, { weekEnd }, most) => {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('projects.organisation_id = ?', organisationId)
    .add('projects.manager_id = ?', viewer.membershipId)
    .add(`(${IS_RETURNED} and ${IS_NOT_OVER} or ${IS_DUE})`, weekEnd)
    .meet(visibleProjects(viewer))
  const rows = await read<Row>(
    trx,
    `select projects.id as project_id, projects.code, projects.name as project_name,
            report_schedules.next_due_on as due_on, open_report.id as open_id,
            open_report.number as open_number, ${IS_RETURNED} as is_returned,
            count(*) over ()::integer as total
       from projects
       left join report_schedules on report_schedules.organisation_id = projects.organisation_id
        and report_schedules.project_id = projects.id
       left join status_reports open_report on open_report.organisation_id = projects.organisation_id
        and open_report.project_id = projects.id and open_report.state <> 'published'
      where ${conditions.text} order by report_schedules.next_due_on, projects.id limit ?`,
    [...conditions.values, most]
  )
  return loadOf(rows, toItem)
}

const IS_RETURNED = `(open_report.state = 'draft' and open_report.returned_at is not null)`

const IS_DUE = `${IS_AT_WORK} and report_schedules.next_due_on <= ?::date
  and open_report.state is distinct from 'submitted'`

function toItem(row: Row) {
  const page = `/projects/${row.project_id}/reports`
  return {
    id: row.project_id,
    what: 'Status report',
    icon: 'report',
    ref: row.open_number ? reportRef(row.code, row.open_number) : row.code,
    title: titleOf(row),
    href: row.open_id ? `${page}/${row.open_id}/edit` : `${page}/create`,
    projectName: row.project_name,
    dueOn: row.due_on,
  }
}

function titleOf({ open_id: openId, is_returned: isReturned }: Row) {
  if (isReturned) return 'Revise the status report that was sent back'
  return openId ? 'Finish the status report' : 'Write the status report'
}
