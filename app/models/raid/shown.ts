import string from '@adonisjs/core/helpers/string'
import type { Field } from '#models/raid/fields'
import type { RaidRow } from '#models/raid/list'

type Value = string | number | null

/** What a list's row says in one field, as people read it. */
export function shownIn(row: RaidRow, field: Field): Value {
  const value = storedIn(row, field)
  return value !== null && field.kind === 'choice'
    ? (field.choices?.[value] ?? String(value))
    : value
}

/** The same as programs read it. People are read by the name they have, or had in a file. */
export function storedIn(row: RaidRow, field: Field): Value {
  const key = columnKey(field)
  if (field.kind === 'person' || field.kind === 'assignee') {
    return (row[`${key}_name`] ?? row[`${key}_label`] ?? null) as string | null
  }
  return (row[key] ?? null) as Value
}

const columnKeys = new Map<string, string>()

/** What lists and exports call a field. */
export function columnKey({ key }: Field) {
  let known = columnKeys.get(key)
  if (!known) columnKeys.set(key, (known = string.snakeCase(key.replace(/Id$/, ''))))
  return known
}
