import type Erasure from '#models/erasure'
import type { Step } from '#privacy/erasure/steps'
import { PutOff } from '#privacy/erasure/work'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Continues once every place was decided: the desk's last decision resumes it. */
export const reviewStep: Step = {
  name: 'review',
  title: 'Wait until a human has read every place',
  async run({ erasure }) {
    await waitForReader(erasure)
    const finds = await Tenancy.system(PLATFORM, () => erasure.finds.exec())
    return {
      redacted: finds.filter(({ state }) => state === 'redacted').length,
      kept: finds.filter(({ state }) => state === 'kept').length,
    }
  },
}

/** Throws PutOff while a place is undecided. */
export async function waitForReader(erasure: Erasure) {
  const open = await Tenancy.system(PLATFORM, async () => {
    const found = await erasure.finds.where('state', 'open').first()
    await erasure.moveTo(found ? 'reviewing' : 'running')
    return found !== null
  })
  if (open) throw new PutOff('open_finds', null)
}
