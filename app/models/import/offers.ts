import {
  fieldsFor,
  SCALES,
  type ColumnMapping,
  type DateOrder,
  type TableType,
} from '#imports/index'
import { SITUATIONS } from '#imports/vocabulary/statuses'
import { offeredCategories } from '#models/raid/categories'
import { fieldsOf } from '#models/raid/fields'
import { taskStatuses } from '#models/task/states'
import { statuses, typePlurals, types, priorities, type RaidType } from '#models/raid/enumerations'

export type Offer = { value: string; label: string }

/** What a table can become; the empty value leaves it out. */
export const typeOffers: Offer[] = [
  { value: '', label: 'Do not import' },
  ...offers(typePlurals),
  { value: 'task', label: 'Tasks' },
  { value: 'by_row', label: 'As each row says' },
]

/** What a column can fill. */
export function fieldOffers(type: TableType): Offer[] {
  return [
    { value: 'ignore', label: 'Leave out' },
    { value: 'keep', label: 'Keep in the description' },
    ...fieldsFor(type).map(({ key, label }) => ({ value: key, label })),
  ]
}

const SCALE_LABELS: Record<string, string> = {
  words: 'Words, such as low or high',
  percent: 'Percent',
  fraction: '0 to 1',
}

export const scaleOffers: Offer[] = SCALES.map((value) => ({
  value,
  label: SCALE_LABELS[value] ?? value.replace('-', ' to '),
}))

const DATE_ORDERS: Record<DateOrder, string> = {
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  ymd: 'Year, month, day',
}

export const dateOffers: Offer[] = offers(DATE_ORDERS)

/** What a word in a status or choice column can mean. */
export function valueOffers({ field }: ColumnMapping, type: TableType): Offer[] {
  return [{ value: '', label: 'Not understood' }, ...meanings(field, type)]
}

function meanings(field: string, type: TableType): Offer[] {
  if (field === 'type') return [...offers(types), { value: 'other', label: 'No entry' }]
  if (field === 'priority') return offers(priorities)
  if (field === 'category') return offeredCategories()
  if (field === 'status') return statusOffers(type)
  for (const known of Object.keys(types) as RaidType[]) {
    const { choices } = fieldsOf(known).find(({ key }) => key === field) ?? {}
    if (choices) return offers(choices)
  }
  return []
}

function statusOffers(type: TableType): Offer[] {
  if (type === 'task') return offers(taskStatuses)
  return type && type !== 'by_row' ? offers(statuses[type]) : situations
}

/** In a table of several types a status is a situation, which each type words in its own way. */
const situations = Object.keys(SITUATIONS).map((value) => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' '),
}))

function offers(labels: Record<string, string>): Offer[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}
