import ExternalResource from '#models/external_resource'
import type RaidItem from '#models/raid_item'

/** The fields by which a form names one person, and the columns for a member and for someone outside. */
const COLUMNS = {
  actioneeId: ['actioneeId', 'actioneeExternalId'],
  counterpartPersonId: ['counterpartMemberId', 'counterpartExternalId'],
} as const

type PersonField = keyof typeof COLUMNS
const FIELDS = Object.keys(COLUMNS) as PersonField[]

/** What forms send for these people: one id each, of a member or of someone outside. */
export type PeopleInput = Partial<Record<PersonField, string | null>>

/**
 * The columns that the people in a form fill. People outside are locked until the transaction ends, so call it before
 * locking the item.
 */
export async function placedPeople(input: PeopleInput): Promise<Partial<RaidItem>> {
  const ids = FIELDS.map((field) => input[field])
  await ExternalResource.assignable(ids)
  const externals = await ExternalResource.names(ids)
  const placed: Record<string, string | null> = {}
  for (const field of FIELDS) {
    const id = input[field]
    if (id === undefined) continue
    const [member, external] = COLUMNS[field]
    const isOutside = id !== null && externals.has(id)
    placed[member] = isOutside ? null : id
    placed[external] = isOutside ? id : null
  }
  return { ...placed, ...kindOfCounterpart(placed) }
}

/** The person takes precedence over the kind: an external person is an external party, a member means a team. */
function kindOfCounterpart({ counterpartExternalId, counterpartMemberId }: Partial<RaidItem>) {
  if (counterpartExternalId) return { counterpartKind: 'external_resource' as const }
  return counterpartMemberId ? { counterpartKind: 'team' as const } : {}
}

/** The people of an item as its form names them; missing ones are left out. */
export function peopleAsInput(item: Partial<RaidItem>): PeopleInput {
  const entries = FIELDS.map((field) => {
    const [member, external] = COLUMNS[field]
    return [field, item[member] ?? item[external]]
  })
  return Object.fromEntries(entries)
}

/** The people outside whom an item names: with `changed` only those that a save would add. */
export function externalsIn(item: RaidItem, { changed }: { changed: boolean }) {
  return FIELDS.map((field) => ({ field, column: COLUMNS[field][1] }))
    .filter(({ column }) => item[column] && (!changed || column in item.$dirty))
    .map(({ field, column }) => ({ field, id: item[column]! }))
}
