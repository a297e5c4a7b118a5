import { searchEverywhere } from '#privacy/erasure/searching'
import { settle } from '#privacy/erasure/settling'
import type { Step } from '#privacy/erasure/steps'

/** A name in free text may be someone else's, and a sentence may have to stay: a person reads each. */
export const textsStep: Step = {
  name: 'texts',
  title: 'Search every text and file, and list what a human has to read',
  async run(work) {
    const { messages, open } = await settle(work, await searchEverywhere(work))
    return { messages, places: open }
  },
  async preview(work) {
    const found = await searchEverywhere(work)
    return { places: found.length }
  },
}
