import type { WorkSource } from '#models/my_work/item'
import { inVisibleProjects } from '#models/project/visibility'
import { reportRef } from '#models/report/refs'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  project_id: string
  code: string
  project_name: string
  due_on: string
  open_id: string | null
  open_number: number | null
  state: string | null
  total: number
}

/** The reports that the viewer has to write: those whose day comes this week, or has passed. */
export const myReports: WorkSource = async (viewer, { weekEnd }, most) => {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('report_schedules.organisation_id = ?', organisationId)
    .add('report_schedules.next_due_on <= ?::date', weekEnd)
    .add('projects.manager_id = ?', viewer.membershipId)
    .add(`projects.status in ('active', 'closing')`)
    .add(`open_report.state is distinct from 'submitted'`)
    .meet(inVisibleProjects(viewer, 'report_schedules'))
  const rows = await read<Row>(
    trx,
    `select report_schedules.project_id, projects.code, projects.name as project_name,
            report_schedules.next_due_on as due_on, open_report.id as open_id,
            open_report.number as open_number, open_report.state, count(*) over ()::integer as total
       from report_schedules
       join projects on projects.organisation_id = report_schedules.organisation_id
        and projects.id = report_schedules.project_id
       left join status_reports open_report
         on open_report.organisation_id = report_schedules.organisation_id
        and open_report.project_id = report_schedules.project_id and open_report.state <> 'published'
      where ${conditions.text} order by report_schedules.next_due_on, report_schedules.project_id limit ?`,
    [...conditions.values, most]
  )
  return { items: rows.map(toItem), total: rows[0]?.total ?? 0 }
}

function toItem(row: Row) {
  const page = `/projects/${row.project_id}/reports`
  return {
    id: row.project_id,
    what: 'Status report',
    icon: 'report',
    ref: row.open_number ? reportRef(row.code, row.open_number) : row.code,
    title: row.open_id ? 'Finish the status report' : 'Write the status report',
    href: row.open_id ? `${page}/${row.open_id}/edit` : `${page}/create`,
    projectName: row.project_name,
    dueOn: row.due_on,
  }
}
