import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import type { SessionData, SessionStoreContract } from '@adonisjs/session/types'

const ROLLING_HOURS = 24
const ABSOLUTE_DAYS = 30
const TOUCH_MINUTES = 5
export const USER_KEY = 'user_id'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** When the session began, and whether its cookie needs to be sent again. */
    sessionClock: { issuedAt: Date | null; refreshed: boolean }
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
 * Sessions in PostgreSQL. Only a hash of the id is stored, so that a copy of the table opens nothing.
 * A session lives 24 hours from its last use and 30 days at most, and is touched at most every 5 minutes.
 */
export class SessionStore implements SessionStoreContract {
  #clock: HttpContext['sessionClock'] = { issuedAt: null, refreshed: true }
  #known: string | null = null
  #stale = false

  constructor(ctx: HttpContext) {
    ctx.sessionClock = this.#clock
  }

  /** The session's values, or null when it is unknown or has ended. */
  async read(id: string): Promise<SessionData | null> {
    const { rows } = await db.rawQuery(
      `select data, issued_at, used_at < now() - interval '${TOUCH_MINUTES} minutes' as stale
       from sessions where id = ? and expires_at > now()`,
      [hash(id)]
    )
    if (rows.length === 0) return null
    this.#known = id
    this.#clock.issuedAt = rows[0].issued_at
    this.#clock.refreshed = false
    this.#stale = rows[0].stale
    return JSON.parse(rows[0].data)
  }

  /** Keeps the values; a session that was ended while this request ran is not brought back. */
  async write(id: string, values: SessionData) {
    this.#clock.refreshed = true
    const userId = values[USER_KEY] ?? null
    if (this.#known === id) {
      await db.rawQuery(
        `update sessions set user_id = ?, data = ?, used_at = now(), expires_at = ${expiry('issued_at')}
         where id = ?`,
        [userId, JSON.stringify(values), hash(id)]
      )
    } else {
      await db.rawQuery(
        `insert into sessions (id, user_id, data, expires_at) values (?, ?, ?, ${expiry('now()')})`,
        [hash(id), userId, JSON.stringify(values)]
      )
    }
  }

  async destroy(id: string) {
    this.#clock.issuedAt = null
    this.#clock.refreshed = true
    await db.rawQuery('delete from sessions where id = ?', [hash(id)])
  }

  async touch(id: string) {
    if (!this.#stale) return
    this.#clock.refreshed = true
    await db.rawQuery(
      `update sessions set used_at = now(), expires_at = ${expiry('issued_at')} where id = ?`,
      [hash(id)]
    )
  }
}

/** Ends every session of a person at once. */
export async function endSessionsOf(userId: string) {
  await db.rawQuery('delete from sessions where user_id = ?', [userId])
}

/** Removes sessions that have ended; answers how many. */
export async function sweepSessions(): Promise<number> {
  const { rowCount } = await db.rawQuery('delete from sessions where expires_at <= now()')
  return rowCount
}

export function hash(id: string) {
  return createHash('sha256').update(id).digest()
}

function expiry(issuedAt: string) {
  return `least(now() + interval '${ROLLING_HOURS} hours', ${issuedAt} + interval '${ABSOLUTE_DAYS} days')`
}
