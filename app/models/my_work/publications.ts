import { loadOf, type WorkSource } from '#models/my_work/item'
import { reportRef } from '#models/report/refs'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  id: string
  project_id: string
  code: string
  project_name: string
  number: number
  total: number
}

/** The submitted reports that wait for the viewer: as sponsor, or as PMO. */
export const myPublications: WorkSource = async (viewer, _, most) => {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Row>(
    trx,
    `select status_reports.id, status_reports.project_id, projects.code,
            projects.name as project_name, status_reports.number, count(*) over ()::integer as total
       from status_reports
       join projects on projects.organisation_id = status_reports.organisation_id
        and projects.id = status_reports.project_id and (projects.sponsor_id = ? or ?)
      where status_reports.organisation_id = ? and status_reports.state = 'submitted'
      order by status_reports.submitted_at, status_reports.id limit ?`,
    [viewer.membershipId, viewer.can('report.publish.any'), organisationId, most]
  )
  return loadOf(rows, toItem)
}

function toItem(row: Row) {
  return {
    id: row.id,
    what: 'Report to publish',
    icon: 'report',
    ref: reportRef(row.code, row.number),
    title: 'Review and publish the status report',
    href: `/projects/${row.project_id}/reports/${row.id}`,
    projectName: row.project_name,
    dueOn: null,
    isAsked: true,
  }
}
