import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { read } from '#tenancy/sql'

export const REPLICA = 'replica'

/**
 * How long what was seen of the replica is valid, and how long to wait until it has caught up with the primary, in
 * milliseconds.
 */
const HOLDS = 5_000
const REFRESH = 2_500
const PATIENCE = 1_000
const PAUSE = 50

/**
 * What this process knows about the read replica. It is used only if it was seen, a moment ago, to have everything that
 * the primary had just before; no one waits for it to be checked.
 */
class Replica {
  /** The replica's last known position. */
  #position = 0n
  #goodUntil = 0
  #checkedAt = -Infinity
  #check: Promise<void> | undefined
  #isMissed = false

  /** Whether there is one at all. */
  get isSet() {
    return db.manager.has(REPLICA)
  }

  /**
   * The replica, for someone whose last write was at that position of the primary; null when the primary must be used.
   */
  clientFor(wroteAt: string | undefined) {
    if (!this.isSet) return null
    const now = performance.now()
    if (now - this.#checkedAt > REFRESH) void this.check()
    if (now > this.#goodUntil) return null
    if (wroteAt && positionOf(wroteAt) > this.#position) return null
    return db.connection(REPLICA)
  }

  /** The primary's present position: a later read by whoever just wrote needs at least this. */
  async positionOfPrimary(): Promise<string> {
    const [{ position }] = await read(
      db.connection(),
      'select pg_current_wal_insert_lsn()::text as position'
    )
    return position
  }

  /** Looks at both, and remembers for how long the replica may be asked. Never throws. */
  check() {
    this.#checkedAt = performance.now()
    this.#check ??= this.#look()
      .then(
        (isGood) => (isGood ? this.#found() : this.miss('it is behind')),
        (error) => this.miss(error.code ?? error.name)
      )
      .finally(() => (this.#check = undefined))
    return this.#check
  }

  /** The replica failed: the primary is used until it is seen again. Reported once. */
  miss(reason: string) {
    this.#goodUntil = 0
    if (this.#isMissed) return
    this.#isMissed = true
    logger.warn({ reason }, 'the read replica cannot be asked: the primary answers everything')
  }

  #found() {
    this.#goodUntil = performance.now() + HOLDS
    if (!this.#isMissed) return
    this.#isMissed = false
    logger.info('the read replica can be asked again')
  }

  async #look() {
    const wanted = positionOf(await this.positionOfPrimary())
    const until = performance.now() + PATIENCE
    while (performance.now() < until) {
      const [{ position }] = await read(
        db.connection(REPLICA),
        'select pg_last_wal_replay_lsn()::text as position'
      )
      this.#position = positionOf(position)
      if (this.#position >= wanted) return true
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
    return false
  }
}

export const replica = new Replica()

/** A position in the write-ahead log, such as 1A/2B3C, as a comparable number. */
function positionOf(text: string) {
  const [high, low] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}
