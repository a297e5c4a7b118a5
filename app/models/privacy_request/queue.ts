import { NIL } from 'uuid'
import { isRealDay } from '#models/days'
import { decodeIdCursor, readPage, type Cursor, type Page } from '#models/lists/keyset'
import type { Contact } from '#models/privacy_request/contact'
import PrivacyRequest from '#models/privacy_request'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const PER_PAGE = 50
const FIRST: Cursor = ['0001-01-01', NIL]

type Place = { id: string; answer_by: string }

/** One page of the open requests, soonest due first. */
export async function openRequests(after: string | null): Promise<Page<PrivacyRequest>> {
  const page = await readPage(
    { after, before: null, perPage: PER_PAGE, decode: cursorIn },
    ({ after: cursor }, limit) => openAfter(cursor ?? FIRST, limit),
    (row) => [row.answer_by, row.id]
  )
  return { ...page, rows: await inOrder(page.rows) }
}

function openAfter([day, id]: Cursor, limit: number) {
  const { trx, organisationId } = Tenancy.current()
  return read<Place>(
    trx,
    `select id, coalesce(extended_to, due_on) as answer_by from privacy_requests
      where organisation_id = ? and completed_at is null
        and (coalesce(extended_to, due_on), id) > (?::date, ?::uuid)
      order by coalesce(extended_to, due_on), id limit ?`,
    [organisationId, day, id, limit]
  )
}

/** A cursor of the queue; null when it is invalid, so that a mangled address shows the first page. */
function cursorIn(text: string | null) {
  const cursor = decodeIdCursor(text)
  return cursor && isRealDay(cursor[0]) ? cursor : null
}

/** The most recently closed requests. */
export function closedRequests() {
  return PrivacyRequest.query()
    .whereNotNull('completed_at')
    .orderBy('completed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PER_PAGE)
}

/** Every open request whose alarm has not been sent. */
export function dueForAlarm() {
  return PrivacyRequest.query().whereNull('completed_at').orderBy('id')
}

/** Members' erasure requests that must be answered by `day`, and that no one at the desk has started on. */
export function undecidedErasures(day: string) {
  return PrivacyRequest.query()
    .where({ kind: 'erasure', status: 'working' })
    .whereNotNull('user_id')
    .whereNotNull('identity_verified_at')
    .whereRaw('coalesce(extended_to, due_on) <= ?', [day])
    .whereRaw(
      `not exists (select from erasures where erasures.organisation_id = privacy_requests.organisation_id
         and erasures.user_id = privacy_requests.user_id)`
    )
    .orderBy('id')
}

/** The name under which a request was made. */
export function nameIn(contact: Contact | null) {
  return contact?.name ?? 'No longer known'
}

async function inOrder(places: Place[]) {
  if (places.length === 0) return []
  const ids = places.map(({ id }) => id)
  const found = await PrivacyRequest.query().whereIn('id', ids)
  return ids.map((id) => found.find((row) => row.id === id)!)
}
