import type Erasure from '#models/erasure'
import PrivacyRequest from '#models/privacy_request'
import { withdraw } from '#models/privacy_request/closing'
import { contactHashes } from '#models/privacy_request/contact'
import { record } from '#audit/events'
import type { Place } from '#privacy/erasure/door'
import type { Recognition } from '#privacy/erasure/recognition'
import { redactSealed } from '#privacy/erasure/sealed'
import type { Work } from '#privacy/erasure/work'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const REQUESTS = 'public.privacy_requests'
const ENTRIES = 'public.privacy_request_entries'

/** Whether it is someone's request about their data, or an entry of its log. */
export function isRequest({ place }: Pick<Place, 'place'>) {
  return place === REQUESTS || place === ENTRIES
}

/** The person's own requests and their log entries, by id: they are forgotten last of all. */
export async function ownRequests({ traces, erasure }: Work): Promise<Set<string>> {
  const hashes = traces.emails.flatMap(contactHashes)
  const rows = await Tenancy.system(PLATFORM, () =>
    sql(Tenancy.current().trx, OWN, [traces.userId, hashes, erasure.requestId])
  )
  return new Set(rows.map(({ id }) => id))
}

/** Those that are answered. What the person asks after the last letter is a new matter, which the desk has to answer. */
export async function answeredRequests(work: Work): Promise<string[]> {
  const own = await ownRequests(work)
  const requests = await Tenancy.system(PLATFORM, () =>
    PrivacyRequest.query()
      .select('id')
      .whereIn('id', [...own])
      .whereNotNull('completed_at')
      .exec()
  )
  return requests.map(({ id }) => id)
}

/** Ends what else the person asked, by the ids of theirs: nobody can answer it any more. Tells its references. */
export async function endRequests(own: Set<string>, { requestId }: Erasure): Promise<string[]> {
  const open = await PrivacyRequest.query()
    .whereIn(
      'id',
      [...own].filter((id) => id !== requestId)
    )
    .whereNull('completed_at')
    .orderBy('id')
    .forUpdate()
  for (const request of open) await withdraw(request)
  return open.map(({ ref }) => ref)
}

/** Removes the name from someone else's request, or its log. */
export function redactRequest({ id, label }: Erasure, find: Place, recognition: Recognition) {
  return Tenancy.system(PLATFORM, async () => {
    await record({
      action: 'privacy_request.redacted',
      entityType: 'privacy_request',
      entityId: await requestOf(find),
      facts: { source: id },
    })
    await redactSealed(find, recognition, label)
  })
}

async function requestOf({ place, rowKey }: Place): Promise<string> {
  if (place === REQUESTS) return rowKey
  const { trx, organisationId } = Tenancy.current()
  const [{ request }] = await sql(
    trx,
    'select request_id as request from privacy_request_entries where organisation_id = ? and id = ?',
    [organisationId, rowKey]
  )
  return request
}

const OWN = `
  with own as (
    select id from privacy_requests where user_id = ? or contact_hash = any (?::bytea[]) or id = ?)
  select id from own
  union all
  select entries.id from privacy_request_entries entries join own on own.id = entries.request_id`
