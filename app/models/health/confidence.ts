import type { ConfidenceRating } from '#models/health/enumerations'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How likely a project is to deliver, as last judged. */
export type StandingConfidence = {
  id: string
  rating: ConfidenceRating
  rationale: string
  gateId: string | null
  givenBy: string
  givenAt: Date
  /** The one given before it; null for the first. */
  before: ConfidenceRating | null
}

/** The delivery confidence of each project, in one query; projects without one are absent. */
export async function deliveryConfidences(
  projectIds: Iterable<string>
): Promise<Map<string, StandingConfidence>> {
  const ids = [...projectIds]
  if (ids.length === 0) return new Map()
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<StandingConfidence & { projectId: string }>(trx, LATEST, [
    ids,
    organisationId,
    organisationId,
  ])
  return new Map(rows.map(({ projectId, ...confidence }) => [projectId, confidence]))
}

/** The same for one project; null when none was given. */
export async function deliveryConfidenceOf({ id }: { id: string }) {
  return (await deliveryConfidences([id])).get(id) ?? null
}

const LATEST = `
  select projects.id as "projectId", latest.id, latest.rating, latest.rationale,
    latest.gate_id as "gateId", latest.given_by as "givenBy", latest.given_at as "givenAt",
    earlier.rating as before
  from unnest(?::uuid[]) projects (id)
  cross join lateral (
    select * from delivery_confidences c
    where c.organisation_id = ? and c.project_id = projects.id
    order by c.given_at desc, c.id desc limit 1) latest
  left join lateral (
    select c.rating from delivery_confidences c
    where c.organisation_id = ? and c.project_id = projects.id
    order by c.given_at desc, c.id desc offset 1 limit 1) earlier on true`
