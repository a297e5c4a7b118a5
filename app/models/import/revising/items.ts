import type { FieldKey, RaidType, RecordRow } from '#imports/index'
import { flawOf } from '#models/import/flaws'
import { matchPeople, type People } from '#models/import/people'
import type { Exported } from '#models/import/revising/layouts'
import { describedAnew } from '#models/import/revising/texts'
import { changedCells, filledCells, type Wanted } from '#models/import/revising/wanted'
import { settle } from '#models/import/settling'
import { forgetStaleAcceptance } from '#models/raid/acceptance'
import { statusLabel } from '#models/raid/enumerations'
import type { RaidRow } from '#models/raid/list'
import { isSettled } from '#models/raid/transitions'
import type RaidItem from '#models/raid_item'

type Context = {
  people: People
  /** The columns of an export of a type, built once. */
  layouts: (type: RaidType) => Exported<RaidRow>[]
  /** Entries as lists show them, by id: what an export would say of them now. */
  shown: Map<string, RaidRow>
  /** Assumptions that a linked risk or issue proves false. */
  disproved: Set<string>
}

/** Merges what a row asks for into an entry, unsaved. Returns what there is to report, or why it must not be done. */
export function reviseItem(item: RaidItem, row: RecordRow, context: Context): string[] | string {
  const wanted = row.isOwn
    ? changedCells(row, context.layouts(item.type), context.shown.get(item.id)!)
    : wantedOf(item, row)
  if (typeof wanted === 'string') return wanted
  const refused = refusedMove(item, wanted, context.disproved)
  if (refused) return refused
  const { changes, notes } = changesOf(item, wanted, context.people)
  item.merge(changes)
  if (!item.$isDirty) return []
  forgetStaleAcceptance(item)
  return flawOf(item) ?? notes
}

function wantedOf(item: RaidItem, row: RecordRow): Wanted {
  const { values, kept } = settle(item.type, row.attributes)
  const { description, closedOn, ...others } = filledCells(row, values)
  const text = [values.description, ...kept].filter(Boolean).join('\n\n')
  const anew = text ? describedAnew(item.description, text) : null
  const isClosing = others.status && others.status !== item.status
  return {
    values: {
      ...others,
      ...(anew && { description: anew }),
      ...(isClosing && closedOn !== undefined && { closedOn }),
    },
    cleared: [],
  }
}

function refusedMove(item: RaidItem, { values, cleared }: Wanted, disproved: Set<string>) {
  const next = String(values.status ?? item.status)
  if (!item.mayBecome(next)) {
    const [from, to] = [item.status, next].map((status) => statusLabel(item.type, status))
    return `${from} cannot become ${to.toLowerCase()}`
  }
  const isMoved = next !== item.status
  if (isMoved && next === 'invalidated' && !disproved.has(item.id)) {
    return 'On its page, enter why it proved false or link the risk or issue it led to'
  }
  const isDated = values.closedOn !== undefined || cleared.includes('closedOn')
  return isDated && !(isMoved && isSettled(item.type, next))
    ? 'The closing date is set by the status'
    : null
}

function changesOf(item: RaidItem, { values, cleared }: Wanted, people: People) {
  const kind = values.counterpartName && (values.counterpartKind ?? item.counterpartKind)
  const matched = matchPeople({ ...values, ...(kind && { counterpartKind: kind }) }, people)
  return {
    changes: {
      ...unmatched(values),
      ...values,
      ...matched.values,
      ...Object.fromEntries(cleared.flatMap((field) => emptied(field, item.type))),
    },
    notes: matched.notes,
  }
}

/** A name that belongs to no one here replaces the present person. */
function unmatched(values: Wanted['values']) {
  const names = PEOPLE.filter((role) => values[`${role}Label`] !== undefined)
  return Object.fromEntries(names.flatMap((role) => nobody(role)))
}

const PEOPLE = ['owner', 'actionee', 'decider'] as const

function nobody(role: (typeof PEOPLE)[number]): [string, null][] {
  const ids = role === 'actionee' ? ['actioneeId', 'actioneeExternalId'] : [`${role}Id`]
  return [...ids, `${role}Label`].map((name) => [name, null])
}

function emptied(field: FieldKey, type: RaidType): [string, null][] {
  const role = PEOPLE.find((one) => field === `${one}Label`)
  if (role) return nobody(role)
  if (field === 'priority' && type === 'issue') {
    return [
      ['priorityOverride', null],
      ['priorityReason', null],
    ]
  }
  return [[field, null]]
}
