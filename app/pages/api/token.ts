import type { Viewer } from '#identity/viewer'
import type { UsedToken } from '#models/api_token/use'
import * as a from '#pages/api/shape'
import { represent, type Shape } from '#pages/api/shape'
import { organisationRoles } from '#policies/permissions'

/** Who is calling, for a program that was just given its token. */
export const holderShape: Shape = {
  ...a.id('token_id'),
  ...a.text('token_name'),
  ...a.oneOf('kind', { member: 1, service: 1 }),
  ...a.idOrNull('membership_id'),
  ...a.oneOf('role', organisationRoles),
  ...a.id('organisation_id'),
  ...a.text('organisation_name'),
  scopes: {
    schema: { type: 'array', items: { type: 'string' } },
    of: ({ scopes }) => scopes,
  },
  ...a.momentOf('expires_at', ({ expiresAt }) => new Date(expiresAt)),
}

/** Whose token was used, and what it allows. */
export function tellHolder({ id, name, scopes, expiresAt, role }: UsedToken, viewer: Viewer) {
  const { id: organisationId, name: organisationName } = viewer.organisation
  const kind = role ? 'service' : 'member'
  const membershipId = role ? null : viewer.membershipId
  return represent(holderShape, {
    token_id: id,
    token_name: name,
    kind,
    membershipId,
    role: viewer.role,
    organisationId,
    organisationName,
    scopes,
    expiresAt,
  })
}
