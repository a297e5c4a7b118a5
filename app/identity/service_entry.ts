import type { UsedToken } from '#models/api_token/use'
import type { Entry } from '#tenancy/entry'

/**
 * A service as the caller. It is not a member: the id of its token takes the place of a member's, so it owns nothing,
 * is assigned nothing and sees only what its role sees.
 */
export function serviceEntry({ id, name, role, organisation }: UsedToken): Entry {
  return {
    id,
    name,
    email: '',
    platformRole: null,
    timeZone: null,
    theme: null,
    lockVersion: 1,
    membership: { id, role: role! },
    organisation,
    organisations: [organisation],
    alerts: [],
  }
}
