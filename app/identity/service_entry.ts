import type { UsedToken } from '#models/api_token/use'
import type { Entry } from '#tenancy/entry'

/**
 * A service as the one who asks. It is no member: the id of its token stands where a member's would, so it
 * owns nothing, was given nothing and sees only what its role sees.
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
