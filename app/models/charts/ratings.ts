import { projectsWithin, type ChartScope } from '#models/charts/scope'
import { monthEndsUpTo } from '#models/charts/weeks'
import { today } from '#models/days'
import { dimensionNames, type Dimension, type Rating } from '#models/health/enumerations'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A rating and the days for which it applied, `to` not included. */
export type RatingSpan = { dimension: Dimension; rating: Rating; from: string; to: string }

/** What stood declared of a project since a day, by dimension, the earliest first. */
export async function ratingSpans(
  project: { id: string },
  since: string
): Promise<Map<Dimension, RatingSpan[]>> {
  const { trx, organisationId } = Tenancy.current()
  const end = today()
  const rows = await read<RatingSpan>(
    trx,
    `select dimension, rating, greatest("from", ?::date)::text as from, "to"::text
       from (
         select dimension, rating, id, declared_at,
           (declared_at at time zone ?)::date as from,
           coalesce((lead(declared_at) over past at time zone ?)::date, ?::date) as to
         from project_ratings
         where organisation_id = ? and project_id = ? and dimension = any(?)
         window past as (partition by dimension order by declared_at, id)) spans
      where "to" > ?::date and "to" > "from" or "to" = ?::date
      order by declared_at, id`,
    [
      since,
      Tenancy.organisationsZone,
      Tenancy.organisationsZone,
      end,
      organisationId,
      project.id,
      dimensionNames,
      since,
      end,
    ]
  )
  return Map.groupBy(rows, ({ dimension }) => dimension)
}

/** How many projects had each overall rating at the end of a month; undeclared when there was none. */
export type RatingMonth = { on: string; counts: Record<Rating | 'undeclared', number> }

const MONTHS = 12

/** The active projects with their declared ratings at the end of each of the latest months. */
export async function ratingsByMonth(scope: ChartScope): Promise<RatingMonth[]> {
  const months = monthEndsUpTo(today(), MONTHS)
  const conditions = projectsWithin(scope)
  const rows = await read<{ on: string; rating: Rating | 'undeclared'; count: number }>(
    Tenancy.current().trx,
    `select months.day::text as on, coalesce(stood.rating, 'undeclared') as rating,
            count(*)::integer as count
       from unnest(?::date[]) months (day)
       cross join projects
       left join lateral (select r.rating from project_ratings r
         where r.organisation_id = projects.organisation_id and r.project_id = projects.id
           and r.dimension = 'overall' and r.declared_at < (months.day + 1)::timestamp at time zone ?
         order by r.declared_at desc, r.id desc limit 1) stood on true
      where ${conditions.text}
        and (stood.rating is not null or (projects.created_at at time zone ?)::date <= months.day)
      group by 1, 2`,
    [months, Tenancy.organisationsZone, ...conditions.values, Tenancy.organisationsZone]
  )
  return months.map((on) => {
    const of = (rating: string) =>
      rows.find((row) => row.on === on && row.rating === rating)?.count ?? 0
    return {
      on,
      counts: {
        red: of('red'),
        amber: of('amber'),
        green: of('green'),
        not_rated: of('not_rated'),
        undeclared: of('undeclared'),
      },
    }
  })
}
