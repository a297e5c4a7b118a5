import logger from '@adonisjs/core/services/logger'
import { flagErasure } from '#privacy/erasure/door'
import type { Step } from '#privacy/erasure/steps'
import { keepTombstone } from '#privacy/erasure/tombstones'
import { PutOff, type Work } from '#privacy/erasure/work'

const FIRST_PAUSE_SECONDS = 60

/**
 * From here on no one can sign in to the account. The note outside the database comes first: it must outlive whatever
 * follows.
 */
export const flagStep: Step = {
  name: 'flag',
  title: 'Close the account, and note the erasure outside the database',
  async run({ erasure, traces }) {
    await note({ erasure, traces })
    if (traces.userId) await flagErasure(traces.userId)
    return {}
  },
}

/** Nothing is erased before the note is kept: otherwise a restore would bring the person back. */
async function note({ erasure, traces }: Pick<Work, 'erasure' | 'traces'>) {
  try {
    await keepTombstone(erasure, traces)
  } catch (error) {
    logger.error({ err: error }, 'an erasure could not be noted outside the database')
    throw new PutOff('not_noted', FIRST_PAUSE_SECONDS)
  }
}
