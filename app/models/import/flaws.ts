import { isRealDay } from '#models/days'
import { fieldsOf, type Field } from '#models/raid/fields'
import { statuses } from '#models/raid/enumerations'
import { violations } from '#models/raid/rules'
import type RaidItem from '#models/raid_item'

const LONGEST_LINE = 200
const LONGEST_REASON = 500
const LONGEST_TEXT = 20_000
const LABELS = ['ownerLabel', 'actioneeLabel', 'deciderLabel'] as const

/**
 * Why the log refuses an imported item, or null. Everything that the database constrains is checked here first, so that
 * a row which slipped through the importer is left out with its reason.
 */
export function flawOf(item: RaidItem): string | null {
  if (!(item.status in statuses[item.type])) return 'The status is none of this type'
  if (item.closedOn && !isRealDay(item.closedOn)) return 'The closing date is no real date'
  const field = fieldsOf(item.type).find((candidate) => !fits(item, candidate))
  if (field) return `${field.label} does not fit`
  if (LABELS.some((label) => (item[label]?.length ?? 0) > LONGEST_LINE)) return 'A name is too long'
  return violations(item)[0]?.message ?? null
}

function fits(item: RaidItem, field: Field) {
  const { key, kind, required } = field
  const value = item.$attributes[key]
  if (value === null || value === undefined || value === '') return !required
  if (kind === 'date') return isRealDay(value)
  if (kind === 'scale') return Number.isInteger(value) && value >= 1 && value <= 5
  if (kind === 'choice') return Object.hasOwn(field.choices!, value)
  if (kind === 'text') return isText(value, LONGEST_TEXT)
  if (kind === 'line')
    return isText(value, key === 'priorityReason' ? LONGEST_REASON : LONGEST_LINE)
  return true
}

function isText(value: unknown, most: number) {
  return typeof value === 'string' && value.length <= most && !value.includes('\0')
}
