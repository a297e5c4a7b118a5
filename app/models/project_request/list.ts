import type { Viewer } from '#identity/viewer'
import { batchByIds, readByIds, type Read } from '#models/lists/id_pages'
import type { Cursor, Place } from '#models/lists/keyset'
import { memberName } from '#models/membership/looked_up'
import type { RequestState } from '#models/project_request/states'
import { Conditions, type Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type RequestRow = {
  id: string
  title: string
  state: RequestState
  requested_by: string | null
  wanted_by: string | null
  created_at: Date
}

/** The same with everything that was said, and people by name, for exports. */
export type RequestLine = RequestRow & {
  purpose: string
  benefits: string | null
  budget: string | null
  answer: string | null
  answered_on: string | null
  requester_id: string | null
  requester_name: string | null
  sponsor_id: string | null
  sponsor_name: string | null
  answerer_id: string | null
  answerer_name: string | null
  project_id: string | null
}

const PER_PAGE = 50

/** People who may create projects, and those who read how the organisation governs, see everyone's requests. */
export function seesEveryRequest(viewer: Viewer) {
  return viewer.can('project.create') || viewer.can('governance.read')
}

/**
 * True of the requests that the viewer may see: all for people who may create projects or who read how the organisation
 * governs; for others, those they made themselves or are to sponsor.
 */
export function visibleRequests(viewer: Viewer): Condition {
  if (seesEveryRequest(viewer)) return ['true', []]
  const me = viewer.membershipId
  return ['(project_requests.requested_by = ? or project_requests.sponsor_id = ?)', [me, me]]
}

/** Which requests to list: open ones for people who answer them, all of their own for people who made some. */
export function readRequestState(
  viewer: Viewer,
  { state }: Record<string, unknown>
): RequestState | null {
  if (state === 'requested') return state
  return state === 'all' || !viewer.can('project.create') ? null : 'requested'
}

/** One page of requests, newest first: only those that wait, unless all are asked for. */
export function listRequests(viewer: Viewer, place: Place, state: RequestState | null) {
  const list = { place, ids: 'project_requests.id', perPage: PER_PAGE }
  return readByIds(list, reading<RequestRow>(COLUMNS, { viewer, state }))
}

/** The next of them after a cursor, for exports that walk through the whole list. */
export function requestBatch(
  viewer: Viewer,
  state: RequestState | null,
  after: Cursor | null,
  size: number
) {
  const batch = { after, ids: 'project_requests.id', size }
  return batchByIds(batch, reading<RequestLine>(LINE, { viewer, state }))
}

/** How many wait for an answer. */
export async function countOpenRequests(): Promise<number> {
  const { trx, organisationId } = Tenancy.current()
  const [{ count }] = await read<{ count: number }>(
    trx,
    `select count(*)::integer as count from project_requests
      where organisation_id = ? and state = 'requested'`,
    [organisationId]
  )
  return count
}

type Asked = { viewer: Viewer; state: RequestState | null }

function reading<Row>(columns: string, { viewer, state }: Asked): Read<Row> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('project_requests.organisation_id = ?', organisationId)
    .meet(visibleRequests(viewer))
  if (state) conditions.add('project_requests.state = ?', state)
  return (from, order, limit) => {
    const part = conditions.also(from)
    return read<Row>(
      trx,
      `select ${columns} from project_requests
        where ${part.text} order by id ${order} limit ?`,
      [...part.values, limit]
    )
  }
}

const COLUMNS = 'id, title, state, requested_by, wanted_by::text, created_at'

const nameOf = (column: string) => memberName('project_requests', column)

const LINE = `${COLUMNS}, purpose, benefits, budget, answer, answered_on::text, project_id, sponsor_id,
  requested_by as requester_id, ${nameOf('requested_by')} as requester_name,
  ${nameOf('sponsor_id')} as sponsor_name,
  answered_by as answerer_id, ${nameOf('answered_by')} as answerer_name`
