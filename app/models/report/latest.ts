import { daysBetween } from '#models/days'
import type { Rating } from '#models/health/enumerations'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A project's latest current report, and when it was first published: a correction is no news. */
export type LatestReport = {
  id: string
  number: number
  periodEndOn: string
  /** The date of its first version, in the organisation's time zone. */
  publishedOn: string
  overall: Rating
}

/** The latest report of each project, in one query; projects without one are absent. */
export async function latestReports(ids: string[]): Promise<Map<string, LatestReport>> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<LatestReport & { projectId: string }>(trx, LATEST, [
    Tenancy.organisationsZone,
    ids,
    organisationId,
  ])
  return new Map(rows.map(({ projectId, ...report }) => [projectId, report]))
}

/** The same for one project; null before its first. */
export async function latestReportOf({ id }: { id: string }) {
  return (await latestReports([id])).get(id) ?? null
}

const LATEST = `
  select projects.id as "projectId", latest.id, latest.number, latest.period_end_on as "periodEndOn",
    (first.published_at at time zone ?)::date::text as "publishedOn", overall.rating as overall
  from unnest(?::uuid[]) projects (id)
  cross join lateral (
    select organisation_id, id, number, period_end_on from status_reports
     where organisation_id = ? and project_id = projects.id and state = 'published'
     order by number desc, version desc limit 1) latest
  join status_reports first on first.organisation_id = latest.organisation_id
   and first.project_id = projects.id and first.number = latest.number and first.version = 1
  join status_report_ratings overall on overall.organisation_id = latest.organisation_id
   and overall.report_id = latest.id and overall.dimension = 'overall'`

/** How many days ago a report was published. */
export function reportAge({ publishedOn }: Pick<LatestReport, 'publishedOn'>, today: string) {
  return daysBetween(publishedOn, today)
}
