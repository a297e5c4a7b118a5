import BoardPack from '#models/board_pack'
import { canonical, sha256, type Json } from '#models/pack/canonical'
import { searchedColumns } from '#privacy/erasure/door'
import { searchEverywhere } from '#privacy/erasure/searching'
import { settle } from '#privacy/erasure/settling'
import type { Step } from '#privacy/erasure/steps'
import { waitForReader } from '#privacy/erasure/steps/review'
import type { Work } from '#privacy/erasure/work'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Searches everything once more. Anything written meanwhile goes to the reader, and the proof waits. */
export const proofStep: Step = {
  name: 'proof',
  title: 'Prove that nothing names the person any more',
  async run(work) {
    const { open } = await settle(work, await searchEverywhere(work))
    if (open > 0) await waitForReader(work.erasure)
    const packs = await endPacks(work)
    const columns = await searchedColumns()
    await Tenancy.system(PLATFORM, async () => {
      const proof = await proofOf(work, columns)
      await work.erasure.keepProof(proof, sha256(canonical(proof)))
    })
    return { organisations: work.organisations.length, columns: columns.length, packs, found: 0 }
  },
}

/** Board packs may contain the person's name, and are not searched: they can be made again when needed. */
async function endPacks(work: Work) {
  const finds = await Tenancy.system(PLATFORM, () => work.erasure.finds.exec())
  const named = new Set(finds.map((find) => find.placeOrganisationId))
  const places = work.organisations.filter((id) => named.has(id) || work.standsIn(id))
  let packs = 0
  for (const id of places) packs += await Tenancy.system(id, () => BoardPack.forgetAll())
  return packs
}

/** What was searched, what was done, and what stays for which reason; no one is named in it. */
async function proofOf({ erasure, label, organisations, recognition }: Work, columns: string[]) {
  const steps = await erasure.steps
  const kept = await erasure.finds.where('state', 'kept')
  return {
    kind: 'orchestrate erasure',
    format: 1,
    erasure: erasure.id,
    label,
    proved_at: new Date().toISOString(),
    searched_for: recognition.words.length,
    organisations: organisations.length,
    columns,
    files:
      'evidence and files of tasks of the organisations in which the person stood: texts and office documents',
    found: 0,
    kept: kept.map(({ place, rowKey, reason }) => ({ place, row: rowKey, reason })),
    steps: Object.fromEntries(steps.map(({ name, counts }) => [name, counts])),
  } as Record<string, Json>
}
