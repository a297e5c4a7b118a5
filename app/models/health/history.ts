import { isRealDay } from '#models/days'
import {
  decodeIdCursor,
  readPage,
  type Page,
  type Place,
  type Position,
} from '#models/lists/keyset'
import {
  dimensionNames,
  type ConfidenceRating,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One declaration, with the previous one in its dimension. */
type RatingChange = {
  id: string
  dimension: Dimension
  before: Rating | null
  rating: Rating
  computedRating: Rating
  reason: string | null
  pathToGreen: string | null
  differenceReason: string | null
  declaredBy: string
  declaredAt: Date
}

const PER_PAGE = 20

/** One page of a project's declarations, newest first. */
export async function ratingHistory(
  project: { id: string },
  place: Place
): Promise<Page<RatingChange>> {
  return readPage(
    { ...place, perPage: PER_PAGE, decode: cursorIn },
    (position, limit) => readChanges(project, position, limit),
    ({ declaredAt, id }) => [declaredAt.toISOString(), id]
  )
}

function readChanges(project: { id: string }, { after, before }: Position, limit: number) {
  const { trx, organisationId } = Tenancy.current()
  const [compare, order] = before ? ['>', 'asc'] : ['<', 'desc']
  const cursor = after ?? before
  return read<RatingChange>(
    trx,
    `select ${CHANGE} from project_ratings r
      where r.organisation_id = ? and r.project_id = ?
        ${cursor ? `and (r.declared_at, r.id) ${compare} (?::timestamptz, ?::uuid)` : ''}
      order by r.declared_at ${order}, r.id ${order} limit ?`,
    [organisationId, project.id, ...(cursor ?? []), limit]
  )
}

const CHANGE = `
  r.id, r.dimension, r.rating, r.reason, r.computed_rating as "computedRating",
  r.path_to_green as "pathToGreen", r.difference_reason as "differenceReason",
  r.declared_by as "declaredBy", r.declared_at as "declaredAt",
  (select earlier.rating from project_ratings earlier
    where earlier.organisation_id = r.organisation_id and earlier.project_id = r.project_id
      and earlier.dimension = r.dimension and (earlier.declared_at, earlier.id) < (r.declared_at, r.id)
    order by earlier.declared_at desc, earlier.id desc limit 1) as before`

/** A cursor of the history; null when it is invalid, so that a mangled address shows the first page. */
function cursorIn(text: string | null) {
  const cursor = decodeIdCursor(text)
  const at = String(cursor?.[0])
  return MOMENT.test(at) && isRealDay(at.slice(0, 10)) && !Number.isNaN(Date.parse(at))
    ? cursor
    : null
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

export type RatingPoint = { at: Date; rating: Rating; computed: Rating }

/** More than fit into a small drawing. */
const MOST_POINTS = 16

/** The latest declarations in each dimension, the oldest first, as a drawing needs them. */
export async function ratingTrails(project: {
  id: string
}): Promise<Map<Dimension, RatingPoint[]>> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<RatingPoint & { dimension: Dimension }>(
    trx,
    `select latest.* from unnest(?::text[]) dimensions (name)
      cross join lateral (
        select dimension, declared_at as at, rating, computed_rating as computed
        from project_ratings
        where organisation_id = ? and project_id = ? and dimension = dimensions.name
        order by declared_at desc, id desc limit ${MOST_POINTS}) latest
      order by latest.at`,
    [dimensionNames, organisationId, project.id]
  )
  return Map.groupBy(rows, ({ dimension }) => dimension)
}

export type PastConfidence = {
  id: string
  rating: ConfidenceRating
  rationale: string
  gateId: string | null
  givenBy: string
  givenAt: Date
}

/** How many of the latest are shown; earlier ones are in the project's history. */
const MOST_CONFIDENCES = 12

/** The latest confidences of a project, newest first. */
export function confidenceHistory(project: { id: string }): Promise<PastConfidence[]> {
  const { trx, organisationId } = Tenancy.current()
  return read<PastConfidence>(
    trx,
    `select id, rating, rationale, gate_id as "gateId", given_by as "givenBy", given_at as "givenAt"
       from delivery_confidences where organisation_id = ? and project_id = ?
      order by given_at desc, id desc limit ${MOST_CONFIDENCES}`,
    [organisationId, project.id]
  )
}
