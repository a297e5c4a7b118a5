import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Replaces an address that is no longer kept. */
const GONE = '@erased.invalid'

/** How long an ended invitation still knows its address, so that it can be sent again. */
const DAYS = 7

/** Whether this is no longer an address. */
export function isForgotten(email: string) {
  return email.endsWith(GONE)
}

/**
 * Forgets the addresses of this organisation’s invitations a week after they were answered, withdrawn or expired. Their
 * links stop working. Returns how many.
 */
export function forgetOldInvitations() {
  const { trx, organisationId } = Tenancy.current()
  return change(
    trx,
    `update invitations
        set email = id || '${GONE}', digest = sha256(uuid_send(gen_random_uuid())), updated_at = now()
      where organisation_id = ? and email not like '%${GONE}'
        and case status when 'pending' then expires_at else updated_at end < now() - make_interval(days => ?)`,
    [organisationId, DAYS]
  )
}
