import type { Dimension, Rating } from '#models/health/enumerations'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A published report as lists show it, in its current version. */
export type ReportRow = {
  id: string
  number: number
  version: number
  period_start_on: string
  period_end_on: string
  published_at: Date
  publisher_id: string | null
  publisher_name: string | null
  ratings: Record<Dimension, Rating>
}

export const REPORTS_PER_PAGE = 24

/** Published reports of a project below a number, latest first, plus one to show that there are more. */
export function listReports(project: { id: string }, below: number | null): Promise<ReportRow[]> {
  const { trx, organisationId } = Tenancy.current()
  return read<ReportRow>(
    trx,
    `select found.id, found.number, found.version, found.period_start_on, found.period_end_on,
            found.published_at, found.published_by as publisher_id,
            users.name as publisher_name, rated.ratings
       from (select distinct on (number) id, number, version, period_start_on, period_end_on,
                    published_at, published_by, organisation_id
               from status_reports
              where organisation_id = ? and project_id = ? and state = 'published' and number < ?
              order by number desc, version desc limit ?) found
       left join memberships on memberships.organisation_id = found.organisation_id
        and memberships.id = found.published_by
       left join users on users.id = memberships.user_id
       cross join lateral (select json_object_agg(dimension, rating) as ratings
         from status_report_ratings
        where status_report_ratings.organisation_id = found.organisation_id
          and status_report_ratings.report_id = found.id) rated
      order by found.number desc`,
    [organisationId, project.id, below ?? 2_147_483_647, REPORTS_PER_PAGE + 1]
  )
}
