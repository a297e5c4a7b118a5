import logger from '@adonisjs/core/services/logger'
import { flagErasure } from '#privacy/erasure/door'
import type { Step } from '#privacy/erasure/steps'
import { keepTombstone } from '#privacy/erasure/tombstones'
import { PutOff, type Work } from '#privacy/erasure/work'

const FIRST_PAUSE_SECONDS = 60

/** From here on nobody signs in to the account. The note off the database comes first: it must outlive whatever follows. */
export const flagStep: Step = {
  name: 'flag',
  title: 'Close the account, and note the erasure outside the database',
  async run({ erasure, traces }) {
    await note({ erasure, traces })
    if (traces.userId) await flagErasure(traces.userId)
    return {}
  },
}

/** Nothing of the erasure begins before its note is kept: a restore would bring back who was erased. */
async function note({ erasure, traces }: Pick<Work, 'erasure' | 'traces'>) {
  try {
    await keepTombstone(erasure, traces)
  } catch (error) {
    logger.error({ err: error }, 'an erasure could not be noted outside the database')
    throw new PutOff('not_noted', FIRST_PAUSE_SECONDS)
  }
}
