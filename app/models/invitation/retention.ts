import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** In place of an address that is kept no longer. */
const GONE = '@erased.invalid'

/** How long after its end an invitation still knows whom it asked, so that it can be sent again. */
const DAYS = 7

/** Whether this is no address any more. */
export function isForgotten(email: string) {
  return email.endsWith(GONE)
}

/**
 * Forgets whom this organisation’s invitations asked, a week after they were answered, taken back or lapsed.
 * Their links lead nowhere from then on. Answers how many.
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
