import type { LucidModel, LucidRow } from '@adonisjs/lucid/types/model'
import { v7 as uuidv7 } from 'uuid'
import { recordMany } from '#audit/events'
import type { Facts } from '#audit/facts'
import { changeOf, creationOf, deletionOf } from '#models/mixins/audited'
import { deleteRows, insertRows, updateRows, type Row } from '#tenancy/bulk'

/**
 * Saves what was merged into rows of one audited model in one statement, with the event that each row's own hook would
 * have written, plus these facts. Hooks before a save do not run: the caller does their work.
 */
export async function saveMany(rows: LucidRow[], action?: string, facts: Facts = {}) {
  const changed = rows.filter((row) => row.$isDirty)
  if (changed.length === 0) return
  const names = new Set(['id'])
  for (const row of changed) for (const name of Object.keys(row.$dirty)) names.add(name)
  await updateRows(
    tableOf(changed[0]),
    changed.map((row) => stored(row, [...names]))
  )
  const events = changed.map((row) => {
    const event = changeOf(row, action)
    return { ...event, facts: { ...event.facts, ...facts } }
  })
  await recordMany(events.filter(({ values }) => Object.keys(values!).length > 0))
  for (const row of changed) row.$hydrateOriginals()
}

/** Adds new rows of one audited model in the same way. Rows fill the same columns. */
export async function createMany(rows: LucidRow[], action?: string) {
  if (rows.length === 0) return
  for (const row of rows) (row as any).id ??= uuidv7()
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row.$attributes)) names.add(name)
  await insertRows(
    tableOf(rows[0]),
    rows.map((row) => stored(row, [...names]))
  )
  for (const row of rows) row.$hydrateOriginals()
  await recordMany(rows.map((row) => creationOf(row, action)))
}

/** Deletes rows of one audited model in the same way. */
export async function deleteMany(rows: LucidRow[]) {
  if (rows.length === 0) return
  await deleteRows(
    tableOf(rows[0]),
    rows.map((row) => String(row.$primaryKeyValue))
  )
  await recordMany(rows.map((row) => deletionOf(row)))
}

function tableOf(row: LucidRow) {
  return (row.constructor as LucidModel).table
}

/** The attributes in the form in which JSON takes them to the database. */
function stored(row: LucidRow, names: string[]): Row {
  const model = row.constructor as LucidModel
  return Object.fromEntries(
    names.map((name) => {
      const { columnName, prepare } = model.$getColumn(name)!
      const value = row.$attributes[name] ?? null
      return [columnName, inJson(prepare ? prepare(value, name, row) : value)]
    })
  )
}

function inJson(value: unknown) {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value
}
