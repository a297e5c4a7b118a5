import db from '@adonisjs/lucid/services/db'
import { digestOf, isToken } from '#models/invitation/token'
import { sql } from '#tenancy/sql'

/** Whose link it is, and in which organisation. */
type LinkHolder = { organisationId: string; externalId: string }

/** The holder of the link with this token, in whatever organisation; null when there is none. */
export async function holderOfLink(token: unknown): Promise<LinkHolder | null> {
  if (!isToken(token)) return null
  const [{ found }] = await sql(db, 'select directory.task_link(?) as found', [digestOf(token)])
  return found
}
