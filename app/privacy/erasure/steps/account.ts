import { tombstone } from '#privacy/erasure/door'
import type { Step } from '#privacy/erasure/steps'

export const accountStep: Step = {
  name: 'account',
  title: 'Put the label in place of the name, and take address and subject away',
  async run({ traces, label }) {
    const isChanged = traces.userId !== null && (await tombstone(traces.userId, label))
    return { accounts: isChanged ? 1 : 0 }
  },
  async preview({ traces }) {
    return { accounts: traces.userId ? 1 : 0 }
  },
}
