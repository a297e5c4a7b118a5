import { queryByIds } from '#models/lists/id_pages'
import type { Page, Place } from '#models/lists/keyset'
import type { InvitationStatus } from '#models/invitation'
import { memberName } from '#models/membership/looked_up'
import type { OrganisationRole } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type InvitationRow = {
  id: string
  email: string
  role: OrganisationRole
  status: InvitationStatus
  expires_at: Date
  created_at: Date
  inviter: string | null
}

const PER_PAGE = 50

/** One page of invitations, newest first; one that waited too long counts as expired. */
export function listInvitations(place: Place): Promise<Page<InvitationRow>> {
  const { trx, organisationId } = Tenancy.current()
  const query = trx
    .from('invitations')
    .where('organisation_id', organisationId)
    .select('id', 'email', 'role', 'expires_at', 'created_at')
    .select(
      trx.raw(`case when status = 'pending' and expires_at <= now() then 'expired' else status end
        as status`),
      trx.raw(`${memberName('invitations', 'invited_by')} as inviter`)
    )
  return queryByIds({ place, ids: 'id', perPage: PER_PAGE }, query)
}

type WaitingInvitation = { id: string; email: string; role: OrganisationRole }

/** The addresses that are already invited, with the invitation that is open for each. */
export async function waitingAmong(emails: string[]): Promise<WaitingInvitation[]> {
  const { trx, organisationId } = Tenancy.current()
  return sql(
    trx,
    `select id, email, role from invitations
      where organisation_id = ? and status = 'pending' and email = any (?::citext[])`,
    [organisationId, emails]
  )
}

/** Why some of the addresses cannot be invited, in words; those that can are absent. */
export async function whyNotInvited(emails: string[]): Promise<string[]> {
  const { trx, organisationId } = Tenancy.current()
  const members = await sql(
    trx,
    `select users.email, memberships.status from memberships
       join users on users.id = memberships.user_id
      where memberships.organisation_id = ? and memberships.status <> 'left'
        and users.email = any (?::citext[])`,
    [organisationId, emails]
  )
  const waiting = await waitingAmong(emails)
  return [
    ...members.map(({ email, status }) =>
      status === 'active'
        ? `${email} is already a member`
        : `${email} was deactivated. Reactivate the member instead`
    ),
    ...waiting.map(({ email }) => `${email} has already been invited. Send that invitation again`),
  ]
}
