import { accountRemover } from '#identity/account_removal'
import type { Step } from '#privacy/erasure/steps'
import { PutOff, type Counts } from '#privacy/erasure/work'

const FIRST_PAUSE_SECONDS = 60

/** No transaction is open here: the provider may take its time, or have none for us. */
export const identityStep: Step = {
  name: 'identity',
  title: 'Delete the account at the identity provider',
  async run({ traces }) {
    const counts: Counts = { deleted: 0, absent: 0 }
    for (const subject of traces.subjects) {
      const outcome = await accountRemover().remove(subject)
      if (outcome.kind === 'refused') {
        throw new PutOff(outcome.failure, outcome.retryAfter ?? FIRST_PAUSE_SECONDS)
      }
      counts[outcome.kind] += 1
    }
    return counts
  },
  async preview({ traces }) {
    return { accounts: traces.subjects.length }
  },
}
