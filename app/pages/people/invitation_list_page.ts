import type { Viewer } from '#identity/viewer'
import { isForgotten } from '#models/invitation/retention'
import { listInvitations, type InvitationRow } from '#models/invitation/list'
import { neighbours } from '#pages/list_parts'
import MembershipPolicy from '#policies/membership_policy'
import { placeIn } from '#models/lists/query_string'
import { organisationRoles } from '#policies/permissions'
import { iso } from '#registries/formats'
import * as terms from '#registries/terms'

export type ToldLink = { email: string; url: string }

/** Everything in the list of invitations; `links` are those just made, shown only once. */
export async function invitationListState(
  viewer: Viewer,
  query: Record<string, unknown>,
  links: ToldLink[]
) {
  const policy = new MembershipPolicy()
  const position = placeIn(query)
  const page = await listInvitations(position)
  return {
    links: links.map((link, index) => ({ ...link, id: `link-${index}` })),
    invitations: page.rows.map((row) => ({
      id: row.id,
      email: isForgotten(row.email) ? 'Address no longer kept' : row.email,
      role: organisationRoles[row.role],
      status: terms.invitationStatuses[row.status],
      inviter: row.inviter,
      invitedAt: iso(row.created_at),
      expiresAt: row.status === 'pending' ? iso(row.expires_at) : null,
      canChange: isChangeable(row) && policy.give(viewer, row.role),
    })),
    can: { manage: viewer.can('member.manage') },
    list: {
      summary: `${page.rows.length} shown`,
      ...neighbours(page, (place) => `/invitations?${new URLSearchParams(place)}`),
    },
  }
}

function isChangeable({ status, email }: InvitationRow) {
  return ['pending', 'expired'].includes(status) && !isForgotten(email)
}
