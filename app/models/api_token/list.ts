import type { Scope, ServiceRole } from '#models/api_token/scopes'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A token as pages list it. */
export type TokenRow = {
  id: string
  name: string
  scopes: Scope[]
  prefix: string
  service_role: ServiceRole | null
  owner: string | null
  expires_at: Date
  revoked_at: Date | null
  created_at: Date
  last_used_on: string | null
}

/** The most that pages show: working ones first, then the most recently ended. */
const MOST = 100

/** The tokens of one member. */
export function tokensOf(membershipId: string) {
  return list('api_tokens.membership_id = ?', [membershipId])
}

/** Those of the organisation's services, or those of its members. */
export function tokensOfOrganisation(holders: 'services' | 'members') {
  return list(`api_tokens.membership_id is ${holders === 'services' ? '' : 'not '}null`, [])
}

function list(condition: string, values: string[]) {
  const { trx, organisationId } = Tenancy.current()
  return read<TokenRow>(
    trx,
    `select api_tokens.id, api_tokens.name, api_tokens.scopes, api_tokens.prefix,
            api_tokens.service_role, api_tokens.expires_at, api_tokens.revoked_at,
            api_tokens.created_at, uses.last_used_on, users.name as owner
       from api_tokens
       left join api_token_uses uses on uses.organisation_id = api_tokens.organisation_id
        and uses.token_id = api_tokens.id
       left join memberships on memberships.organisation_id = api_tokens.organisation_id
        and memberships.id = coalesce(api_tokens.membership_id, api_tokens.created_by)
       left join users on users.id = memberships.user_id
      where api_tokens.organisation_id = ? and ${condition}
      order by (api_tokens.revoked_at is null and api_tokens.expires_at > now()) desc,
        api_tokens.id desc
      limit ${MOST}`,
    [organisationId, ...values]
  )
}
