import string from '@adonisjs/core/helpers/string'
import type { Field } from '#models/raid/fields'
import type { RaidRow } from '#models/raid/list'

type Value = string | number | null

/** The value of a list's row in one field, in words. */
export function shownIn(row: RaidRow, field: Field): Value {
  const value = storedIn(row, field)
  return value !== null && field.kind === 'choice'
    ? (field.choices?.[value] ?? String(value))
    : value
}

/** The same for programs. People are given by their name, or the name they had in a file. */
export function storedIn(row: RaidRow, field: Field): Value {
  const key = columnKey(field)
  if (field.kind === 'person' || field.kind === 'assignee') {
    return (row[`${key}_name`] ?? row[`${key}_label`] ?? null) as string | null
  }
  return (row[key] ?? null) as Value
}

const columnKeys = new Map<string, string>()

/** How lists and exports name a field. */
export function columnKey({ key }: Field) {
  let known = columnKeys.get(key)
  if (!known) columnKeys.set(key, (known = string.snakeCase(key.replace(/Id$/, ''))))
  return known
}
