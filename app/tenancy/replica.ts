import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { read } from '#tenancy/sql'

export const REPLICA = 'replica'

/** How long what was seen of the replica holds, and how long to wait until it has what the primary had, in milliseconds. */
const HOLDS = 5_000
const REFRESH = 2_500
const PATIENCE = 1_000
const PAUSE = 50

/**
 * What this process knows of the read replica. It may be asked only while it was seen, a moment ago, to have
 * everything that the primary had just before; nobody waits for it to be seen.
 */
class Replica {
  /** How far the replica is known to be. */
  #position = 0n
  #goodUntil = 0
  #checkedAt = -Infinity
  #check: Promise<void> | undefined
  #isMissed = false

  /** Whether one is set at all. */
  get isSet() {
    return db.manager.has(REPLICA)
  }

  /** The replica, for who last wrote at that position of the primary; null where the primary must be asked. */
  clientFor(wroteAt: string | undefined) {
    if (!this.isSet) return null
    const now = performance.now()
    if (now - this.#checkedAt > REFRESH) void this.check()
    if (now > this.#goodUntil) return null
    if (wroteAt && positionOf(wroteAt) > this.#position) return null
    return db.connection(REPLICA)
  }

  /** How far the primary is now: a later read by who just wrote wants at least this. */
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

  /** The replica failed: the primary is asked until it is seen again. Told once. */
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

/** A position in the write-ahead log, such as 1A/2B3C, as a number that can be compared. */
function positionOf(text: string) {
  const [high, low] = text.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}
