import type { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { sealAll } from '#audit/sealer'
import { signingKey } from '#audit/settings'

const PAUSE = 3000

/** Seals the audit trail every few seconds. One round ends before the next begins; two workers take turns. */
export class Sealing {
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #stopped = false

  constructor(
    private logger: Logger,
    private pause = PAUSE
  ) {}

  start() {
    this.#round = this.#seal().then(() => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.start(), this.pause)
    })
  }

  /** Ends after the round under way. */
  async stop() {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#round
  }

  /** Seals are logged: a copy outside the database is what shows that one was deleted. */
  async #seal() {
    try {
      for (const seal of await sealAll(db.connection('sealer'), signingKey())) {
        this.logger.info({ seal }, 'audit sealed')
      }
    } catch (error) {
      this.logger.error({ err: error }, 'audit could not be sealed')
    }
  }
}
