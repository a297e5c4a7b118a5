import BoardPack from '#models/board_pack'
import PrivacyExport from '#models/privacy_export'
import { Door } from '#privacy/erasure/door'
import { rulesFor } from '#privacy/erasure/rules'
import type { Step } from '#privacy/erasure/steps'
import { added, type Counts, type Work } from '#privacy/erasure/work'
import { erasureRules } from '#registries/erasure'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** One transaction for each organisation: finished ones stay done. */
export const recordsStep: Step = {
  name: 'records',
  title: 'Erase what is the person’s in every organisation',
  async run(work) {
    const { userId } = work.traces
    if (userId) await Tenancy.system(PLATFORM, () => PrivacyExport.forgetOf(userId))
    for (const organisationId of work.organisations) {
      const { members } = work.subjectIn(organisationId)
      await Tenancy.system(organisationId, () => BoardPack.forgetOf(members))
    }
    return applyRules(work, true)
  },
  preview: (work) => applyRules(work, false),
}

async function applyRules(work: Work, act: boolean) {
  let counts: Counts = {}
  for (const organisationId of work.organisations) {
    const rules = rulesFor(erasureRules, work.subjectIn(organisationId))
    const reached = await Door.open(organisationId, (door) =>
      door.apply(rules, work.erasure.id, act)
    )
    counts = added(counts, reached)
    await work.tick(organisationId)
  }
  return counts
}
