import { hash as digest } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { SessionData, SessionStoreContract } from '@adonisjs/session/types'
import { v7 as uuidv7 } from 'uuid'
import { isSealed, NotOpened } from '#encryption/key_ring'
import { openValue, sealValue } from '#encryption/sealed_value'
import { browserFamily } from '#identity/browser_family'
import { change, read, sql, write } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const ROLLING_HOURS = 24
const ABSOLUTE_DAYS = 30
const TOUCH_MINUTES = 5
const DATA = 'sessions.data'
export const USER_KEY = 'user_id'

/**
 * Returns true, and lets the statement's commit be acknowledged before it is on disk: what a session holds besides its
 * owner, such as the message for the next page, is no loss if the database's machine fails at that very moment.
 */
const UNHURRIED = `set_config('synchronous_commit', 'off', true) = 'off'`

/** Names a session where its own id must not appear: in the audit trail and on its owner's page. */
export const AUDIT_ID = 'audit_id'

/** What is known about the session that the request brought. */
type SessionClock = {
  /** When it began; null when the request brought no active session. */
  issuedAt: Date | null
  /** Last used so long ago that its expiry must be extended, in the table and in the cookie. */
  stale: boolean
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    sessionClock: SessionClock
  }
}

/** The cookie's lifetime in seconds: 24 hours from now, but never past 30 days from the session's start. */
export function cookieMaxAge(issuedAt: Date | null, now = new Date()) {
  const rolling = ROLLING_HOURS * 3600
  if (!issuedAt) return rolling
  const left = Math.floor((issuedAt.getTime() + ABSOLUTE_DAYS * 86_400_000 - now.getTime()) / 1000)
  return Math.max(0, Math.min(rolling, left))
}

/**
 * Sessions in PostgreSQL. Only a hash of the id is stored, so that a copy of the table opens nothing. A session lasts
 * 24 hours from its last use and 30 days at most, and is touched at most every 5 minutes.
 */
export class SessionStore implements SessionStoreContract {
  #clock: SessionClock = { issuedAt: null, stale: false }
  #known: string | null = null

  constructor(private ctx: HttpContext) {
    ctx.sessionClock = this.#clock
  }

  /** The session's values, or null when it is unknown or has ended. The id of an ended session is never reused. */
  async read(id: string): Promise<SessionData | null> {
    if (this.ctx.session.fresh) return null
    const [row] = await read(
      db.connection(),
      `select data, issued_at, used_at < now() - interval '${TOUCH_MINUTES} minutes' as stale
       from sessions where id = ? and expires_at > now()`,
      [hash(id)]
    )
    const values = row && openSessionData(row.data)
    if (!values) {
      this.ctx.session.regenerate()
      return null
    }
    this.#known = id
    this.#clock.issuedAt = row.issued_at
    this.#clock.stale = row.stale
    return values
  }

  /** Stores the values; a session that was ended during this request is not revived. */
  async write(id: string, values: SessionData) {
    const userId = values[USER_KEY] ?? null
    const data = sealSessionData(values)
    if (this.#known === id) {
      await this.#update([userId, data, hash(id)])
    } else if (this.ctx.needsSession()) {
      const client = userId && browserFamily(this.ctx.request.header('user-agent'))
      await sql(
        db,
        `insert into sessions (id, user_id, data, audit_id, client, expires_at)
         values (?, ?, ?, ?, ?, ${expiry('now()')})`,
        [hash(id), userId, data, values[AUDIT_ID] ?? uuidv7(), client]
      )
    }
  }

  /** Not awaited within a change, which it joins: the change reaches the disk before it is answered. */
  async #update(values: unknown[]) {
    const client = Tenancy.client
    const text = `update sessions
      set user_id = ?, data = ?, used_at = now(), expires_at = ${expiry('issued_at')} where id = ?`
    if (client.isTransaction) Tenancy.current().unawaited.add(write(client, text, values))
    else await write(client, `${text} and ${UNHURRIED}`, values)
  }

  async destroy(id: string) {
    if (this.#known === id) await endSession(db, id)
  }

  async touch(id: string) {
    if (!this.#clock.stale) return
    await write(
      db.connection(),
      `update sessions set used_at = now(), expires_at = ${expiry('issued_at')}
       where id = ? and ${UNHURRIED}`,
      [hash(id)]
    )
  }
}

/** Whether a session is still active, and still this person's. */
export async function isLiving(id: string, userId: string) {
  const rows = await read(
    db.connection(),
    'select 1 from sessions where id = ? and user_id = ? and expires_at > now()',
    [hash(id), userId]
  )
  return rows.length > 0
}

/** Ends one session at once. */
export async function endSession(client: Pick<QueryClientContract, 'rawQuery'>, id: string) {
  await sql(client, 'delete from sessions where id = ?', [hash(id)])
}

/** Ends every session of a person: at once, or with the given transaction. */
export async function endSessionsOf(
  userId: string,
  client: Pick<QueryClientContract, 'rawQuery'> = db
) {
  await sql(client, 'delete from sessions where user_id = ?', [userId])
}

/**
 * The same within a request, whose own session is written at its end: rows are locked in one order, or two people
 * ending each other's would deadlock.
 */
export async function endSessionsFrom(
  { session }: Pick<HttpContext, 'session'>,
  userId: string,
  client: Pick<QueryClientContract, 'rawQuery'>
) {
  const own = hash(session.sessionId)
  await sql(client, 'select from sessions where id = ? or user_id = ? order by id for update', [
    own,
    userId,
  ])
  await endSessionsOf(userId, client)
}

/** Removes expired sessions; returns how many. */
export function sweepSessions(client: Pick<QueryClientContract, 'rawQuery'> = db) {
  return change(client, 'delete from sessions where expires_at <= now()')
}

/** A session's values as the table stores them: they include what people typed and the secrets of forms. */
function sealSessionData(values: SessionData): string {
  return sealValue(values, DATA)!
}

/** The values again; null when their key is gone, which ends the session. Older ones were plain. */
export function openSessionData(data: string): SessionData | null {
  if (!isSealed(data)) return JSON.parse(data)
  try {
    return openValue(data, DATA)
  } catch (error) {
    if (error instanceof NotOpened) return null
    throw error
  }
}

/** The table's key for a session. */
export function hash(id: string) {
  return digest('sha256', id, 'buffer')
}

function expiry(issuedAt: string) {
  return `least(now() + interval '${ROLLING_HOURS} hours', ${issuedAt} + interval '${ABSOLUTE_DAYS} days')`
}
