import type { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { sealAll } from '#audit/sealer'
import { signingKey } from '#audit/settings'
import { Rhythm } from '#jobs/rhythm'

const PAUSE = 3000

/** Seals the audit trail every few seconds; two workers take turns. */
export class Sealing extends Rhythm {
  constructor(logger: Logger, pause = PAUSE) {
    super(() => seal(logger), pause)
  }
}

/** Seals are logged: a copy outside the database is the only way to notice that one was deleted. */
async function seal(logger: Logger) {
  try {
    for (const made of await sealAll(db.connection('sealer'), signingKey())) {
      logger.info({ seal: made }, 'audit sealed')
    }
  } catch (error) {
    logger.error({ err: error }, 'audit could not be sealed')
  }
}
