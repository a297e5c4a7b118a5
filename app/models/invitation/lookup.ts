import db from '@adonisjs/lucid/services/db'
import { digestOf, isToken } from '#models/invitation/token'
import type { OrganisationRole } from '#tenancy/entry'
import { sql } from '#tenancy/sql'

/** What a link's holder can be shown, once it is known who they are. */
export type InvitationLink = {
  organisation: { id: string; name: string }
  email: string
  role: OrganisationRole
  status: 'pending' | 'accepted' | 'expired' | 'revoked'
  inviter: string | null
}

/** The invitation behind a token, in whatever organisation; null when there is none. */
export async function invitationBehind(token: unknown): Promise<InvitationLink | null> {
  if (!isToken(token)) return null
  const [{ found }] = await sql(db, 'select directory.invitation(?) as found', [digestOf(token)])
  return found
}

/** True when the invitation was sent to this verified address. */
export function isFor(link: InvitationLink, email: string) {
  return link.email.toLowerCase() === email.toLowerCase()
}
