import type { HttpContext } from '@adonisjs/core/http'
import { accountValue, record } from '#audit/events'
import { onPlatform } from '#identity/platform'
import { endSessionsOf, hash } from '#identity/session_store'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A session as its owner sees it. */
export type OwnSession = {
  id: string
  client: string | null
  issued_at: Date
  used_at: Date
  current: boolean
}

const MOST = 100

/** The person's active sessions: this one, then the most recently used. Expects some tenancy at work. */
export function listOwnSessions({ person, session }: HttpContext): Promise<OwnSession[]> {
  return sql(
    Tenancy.current().trx,
    `select audit_id as id, client, issued_at, used_at, id = ? as current from sessions
      where user_id = ? and expires_at > now()
      order by current desc, used_at desc, audit_id limit ${MOST}`,
    [hash(session.sessionId), person!.id]
  )
}

/** Ends another session of the person, at once. False when there is none with that name. */
export async function endOwnSession(ctx: HttpContext, id: string) {
  return (await end(ctx, 'and audit_id = ?', [id])) > 0
}

/** Ends every other session of the person, at once. Returns how many. */
export function endOtherSessions(ctx: HttpContext) {
  return end(ctx, '', [])
}

/** Ends every session of someone else's account with the transaction under way, and returns how many there were. */
export async function endSessionsFor(userId: string, count: number) {
  await endSessionsOf(userId, Tenancy.current().trx)
  await record({
    action: 'account.signed_out',
    entityType: 'account',
    entityId: userId,
    facts: { count },
  })
}

function end(ctx: HttpContext, which: string, values: unknown[]): Promise<number> {
  const { person, session } = ctx
  return onPlatform(ctx, async () => {
    const ended = await sql<{ id: string }>(
      Tenancy.current().trx,
      `delete from sessions where user_id = ? and id <> ? ${which} returning audit_id as id`,
      [person!.id, hash(session.sessionId), ...values]
    )
    const whose = { entityType: 'session', values: accountValue(person!.id) }
    for (const { id } of ended) {
      await record({ action: 'session.ended', ...whose, entityId: id })
    }
    return ended.length
  })
}
