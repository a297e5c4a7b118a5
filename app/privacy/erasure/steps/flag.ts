import { flagErasure } from '#privacy/erasure/door'
import type { Step } from '#privacy/erasure/steps'
import { keepTombstone } from '#privacy/erasure/tombstones'

/** From here on nobody signs in to the account. The note off the database comes first: it must outlive whatever follows. */
export const flagStep: Step = {
  name: 'flag',
  title: 'Close the account, and note the erasure outside the database',
  async run({ erasure, traces }) {
    await keepTombstone(erasure, traces)
    if (traces.userId) await flagErasure(traces.userId)
    return {}
  },
}
