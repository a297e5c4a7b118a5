import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const DAYS = 3 * 365

/**
 * Forgets the contents and contact details of requests that were closed this long ago. That there was one, and when it
 * was answered, stays. Returns how many.
 */
export async function forgetOldRequests() {
  const { trx, organisationId } = Tenancy.current()
  const old = [organisationId, DAYS]
  await change(
    trx,
    `update privacy_request_entries entries set text = null
       from privacy_requests requests
      where requests.organisation_id = ? and requests.completed_at < now() - make_interval(days => ?)
        and entries.organisation_id = requests.organisation_id and entries.request_id = requests.id
        and entries.text is not null`,
    old
  )
  return change(
    trx,
    `update privacy_requests
        set contact = null, contact_hash = null, details = null, answer = null, updated_at = now()
      where organisation_id = ? and completed_at < now() - make_interval(days => ?)
        and num_nonnulls(contact, contact_hash, details, answer) > 0`,
    old
  )
}
