import ErasureFind from '#models/erasure_find'
import { eraseMessage, isMessage } from '#privacy/erasure/messages'
import type { Found } from '#privacy/erasure/searching'
import type { Work } from '#privacy/erasure/work'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/**
 * Erases the messages among the finds, where the person is known, and leaves the rest to a reader. Returns how many of
 * each.
 */
export async function settle(work: Work, found: Found[]) {
  const isPlain = (one: Found) => isMessage(one) && work.isKnownIn(one.organisationId)
  const messages = found.filter(isPlain)
  for (const message of messages) await eraseMessage(work.erasure, message)
  const rest = found.filter((one) => !isPlain(one))
  const open = await Tenancy.system(PLATFORM, () => noteFinds(work, rest))
  return { messages: messages.length, open }
}

/** What a reader decided to keep stays decided; a redacted place where the name appears again is read again. */
async function noteFinds({ erasure }: Work, found: Found[]) {
  const known = new Map((await erasure.finds).map((find) => [keyOf(find), find]))
  const undecided = found.filter((one) => known.get(keyOf(asFind(one)))?.state !== 'kept')
  const fresh = undecided.filter((one) => !known.has(keyOf(asFind(one))))
  await ErasureFind.createMany(
    fresh.map((one) => ({ ...asFind(one), erasureId: erasure.id, state: 'open' as const }))
  )
  for (const one of undecided) {
    const find = known.get(keyOf(asFind(one)))
    if (find?.state === 'redacted') await find.reopen(one.columns)
  }
  return undecided.length
}

function asFind({ place, organisationId: placeOrganisationId, rowKey, columns }: Found) {
  return { place, placeOrganisationId, rowKey, columns }
}

function keyOf(find: Pick<ErasureFind, 'place' | 'placeOrganisationId' | 'rowKey'>) {
  return [find.place, find.placeOrganisationId, find.rowKey].join(' ')
}
