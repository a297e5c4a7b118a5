import ErasureFind from '#models/erasure/find'
import { Door } from '#privacy/erasure/door'
import { ruleForRows } from '#privacy/erasure/rules'
import type { Found } from '#privacy/erasure/searching'
import type { Work } from '#privacy/erasure/work'
import { erasureRules } from '#registries/erasure'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Tables whose rows have been read and are kept for a while only: where one names the person, it goes as a whole. */
const wholeRows = new Map(
  erasureRules.filter((rule) => rule.alsoWhereNamed).map((rule) => [`public.${rule.table}`, rule])
)

/** Erases the messages among what was found, and puts the rest before a reader. Answers how many of each. */
export async function settle(work: Work, found: Found[]) {
  const messages = found.filter(({ place }) => wholeRows.has(place))
  for (const message of messages) await eraseMessage(work, message)
  const rest = found.filter(({ place }) => !wholeRows.has(place))
  const open = await Tenancy.system(PLATFORM, () => noteFinds(work, rest))
  return { messages: messages.length, open }
}

function eraseMessage({ erasure, label }: Work, { place, organisationId, rowKey }: Found) {
  const rule = ruleForRows(wholeRows.get(place)!, [rowKey], label)
  return Door.open(organisationId, (door) => door.apply([rule], erasure.id, true))
}

/** What a reader decided to keep stays decided; what was redacted and stands there again is read again. */
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
