import db from '@adonisjs/lucid/services/db'
import type { FeedKind } from '#models/calendar_feed/kinds'
import { digestOf, isToken } from '#models/invitation/token'
import { sql } from '#tenancy/sql'

/** Whose calendar is asking, and for what. */
type FeedOwner = { organisationId: string; userId: string; kind: FeedKind }

/** The feed behind a secret, in whatever organisation; null when there is none or its owner left. */
export async function feedBehind(secret: unknown): Promise<FeedOwner | null> {
  if (!isToken(secret)) return null
  const [{ found }] = await sql(db, 'select directory.calendar_feed(?) as found', [
    digestOf(secret),
  ])
  return found
}
