import { dimensionNames, type Dimension, type Rating } from '#models/health/enumerations'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A current declared rating. */
export type DeclaredRating = {
  dimension: Dimension
  rating: Rating
  reason: string | null
  pathToGreen: string | null
  /** The computed rating when it was declared, and why it was declared better than that. */
  computedRating: Rating
  differenceReason: string | null
  declaredBy: string
  declaredAt: Date
  reportId: string | null
  /** The rating that was declared before it; null for the first. */
  before: Rating | null
}

export type DeclaredRatings = Partial<Record<Dimension, DeclaredRating>>

/** The current declared ratings of each project, by dimension, in one query; dimensions never declared are absent. */
export async function declaredRatings(
  projectIds: Iterable<string>
): Promise<Map<string, DeclaredRatings>> {
  const ids = [...projectIds]
  const found = new Map<string, DeclaredRatings>(ids.map((id) => [id, {}]))
  if (ids.length === 0) return found
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<DeclaredRating & { projectId: string }>(trx, LATEST, [
    ids,
    dimensionNames,
    organisationId,
    organisationId,
  ])
  for (const { projectId, ...rating } of rows) found.get(projectId)![rating.dimension] = rating
  return found
}

/** The same for one project. */
export async function declaredRatingsOf({ id }: { id: string }): Promise<DeclaredRatings> {
  return (await declaredRatings([id])).get(id)!
}

/** Looks up the newest of each, so that a long history costs no more than a short one. */
const LATEST = `
  select projects.id as "projectId", latest.dimension, latest.rating, latest.reason,
    latest.path_to_green as "pathToGreen", latest.computed_rating as "computedRating",
    latest.difference_reason as "differenceReason", latest.declared_by as "declaredBy",
    latest.declared_at as "declaredAt", latest.report_id as "reportId", earlier.rating as before
  from unnest(?::uuid[]) projects (id)
  cross join unnest(?::text[]) dimensions (name)
  cross join lateral (
    select * from project_ratings r
    where r.organisation_id = ? and r.project_id = projects.id and r.dimension = dimensions.name
    order by r.declared_at desc, r.id desc limit 1) latest
  left join lateral (
    select r.rating from project_ratings r
    where r.organisation_id = ? and r.project_id = projects.id and r.dimension = dimensions.name
    order by r.declared_at desc, r.id desc offset 1 limit 1) earlier on true`
