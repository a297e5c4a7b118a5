import type { Viewer } from '#identity/viewer'
import { cutPage, decodeIdCursor, readPosition, type Page, type Place } from '#models/keyset'
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

const PER_PAGE = 50

/** Those who begin projects, and who reads how the organisation governs, see what anybody asked for. */
export function seesEveryRequest(viewer: Viewer) {
  return viewer.can('project.create') || viewer.can('governance.read')
}

/**
 * True of the requests that the viewer may see: all for those who begin projects and for who reads how the
 * organisation governs, for others what they asked for themselves or are to sponsor.
 */
export function visibleRequests(viewer: Viewer): Condition {
  if (seesEveryRequest(viewer)) return ['true', []]
  const me = viewer.membershipId
  return ['(project_requests.requested_by = ? or project_requests.sponsor_id = ?)', [me, me]]
}

/** One page of what was asked for, newest first; those that wait alone, unless all are asked for. */
export async function listRequests(
  viewer: Viewer,
  place: Place,
  state: RequestState | null
): Promise<Page<RequestRow>> {
  const { trx, organisationId } = Tenancy.current()
  const position = readPosition(place, decodeIdCursor)
  const { after, before } = position
  const conditions = new Conditions()
    .add('project_requests.organisation_id = ?', organisationId)
    .meet(visibleRequests(viewer))
  if (state) conditions.add('project_requests.state = ?', state)
  if (after) conditions.add('project_requests.id < ?', after[1])
  if (before) conditions.add('project_requests.id > ?', before[1])
  const rows = await read<RequestRow>(
    trx,
    `select id, title, state, requested_by, wanted_by::text, created_at from project_requests
      where ${conditions.text} order by id ${before ? 'asc' : 'desc'} limit ?`,
    [...conditions.values, PER_PAGE + 1]
  )
  return cutPage(rows, PER_PAGE, position, ({ id }) => [id, id])
}
