import type Erasure from '#models/erasure'
import { Door } from '#privacy/erasure/door'
import { ruleForRows } from '#privacy/erasure/rules'
import type { Found } from '#privacy/erasure/searching'
import { erasureRules } from '#registries/erasure'

/** Tables whose rows have been read and are kept only for a while: a row that names the person is erased whole. */
const wholeRows = new Map(
  erasureRules.filter((rule) => rule.alsoWhereNamed).map((rule) => [`public.${rule.table}`, rule])
)

/** Whether it is a message, or the like. */
export function isMessage({ place }: Pick<Found, 'place'>) {
  return wholeRows.has(place)
}

/** Erases the whole message. */
export function eraseMessage(
  { id, label }: Erasure,
  { place, organisationId, rowKey }: Pick<Found, 'place' | 'organisationId' | 'rowKey'>
) {
  const rule = ruleForRows(wholeRows.get(place)!, [rowKey], label)
  return Door.open(organisationId, (door) => door.apply([rule], id, true))
}
