import { NotOpened } from '#encryption/key_ring'
import { openValue, sealValue } from '#encryption/sealed_value'
import type { Excerpt, Place } from '#privacy/erasure/door'
import { inText, type Recognition } from '#privacy/erasure/recognition'
import { sealedTables, type SealedTable } from '#privacy/sealed_tables'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Where other people’s rows may name the person behind our own encryption, which the database cannot search. Sessions
 * belong to the person, and are deleted with them.
 */
const LOOKED_INTO = [
  'email_outbox',
  'ai_interactions',
  'ai_proposals',
  'api_replies',
  'privacy_requests',
  'privacy_request_entries',
]

const ROWS_AT_ONCE = 200

type Row = Record<string, string | null> & { id: string }

/** Encrypted texts of an organisation that name the person. */
export async function sealedNaming(
  organisationId: string,
  recognition: Recognition
): Promise<Place[]> {
  const pattern = inText(recognition)
  const found: Place[] = []
  for (const table of lookedInto()) {
    for await (const row of rowsOf(organisationId, table)) {
      const columns = table.columns.filter((column) => pattern.test(textOf(table, row, column)))
      const place = `public.${table.name}`
      if (columns.length > 0) found.push({ place, rowKey: row.id, columns })
    }
  }
  return found
}

/** The words around the name in encrypted columns of one organisation; one query for each table. */
export async function sealedExcerpts(
  finds: (Place & { id: string })[],
  organisationId: string,
  recognition: Recognition
): Promise<Excerpt[]> {
  const around = new RegExp(`.{0,80}${inText(recognition).source}.{0,80}`, 'iu')
  const read: Excerpt[] = []
  for (const [place, some] of Map.groupBy(finds, (find) => find.place)) {
    const table = tableAt(place)
    if (table) read.push(...(await excerptsIn(table, some, { organisationId, around })))
  }
  return read
}

async function excerptsIn(
  table: SealedTable,
  finds: (Place & { id: string })[],
  { organisationId, around }: { organisationId: string; around: RegExp }
): Promise<Excerpt[]> {
  const keys = finds.map(({ rowKey }) => rowKey)
  const rows = await Tenancy.system(organisationId, () => theRows(table, keys))
  const byKey = new Map(rows.map((row) => [row.id, row]))
  return finds.flatMap(({ id, rowKey, columns }) => {
    const row = byKey.get(rowKey)
    const named = row ? table.columns.filter((column) => columns.includes(column)) : []
    return named.map((name) => ({
      id,
      name,
      excerpt: around.exec(textOf(table, row!, name))?.[0] ?? null,
    }))
  })
}

/** Replaces the name with the label in encrypted columns, which only the application can do. */
export async function redactSealed(
  { place, rowKey, columns }: Place,
  recognition: Recognition,
  label: string
) {
  const table = tableAt(place)!
  const { trx, organisationId } = Tenancy.current()
  const name = new RegExp(inText(recognition).source, 'giu')
  const [row] = await theRows(table, [rowKey], { held: true })
  for (const column of table.columns.filter((one) => row && columns.includes(one))) {
    const purpose = `${table.name}.${column}`
    const value = JSON.stringify(openValue(row[column], purpose, { wasPlain: true }))
    const rest = JSON.parse(value.replaceAll(name, `$1${label}`))
    await sql(trx, `update ${table.name} set ${column} = ? where organisation_id = ? and id = ?`, [
      sealValue(rest, purpose),
      organisationId,
      rowKey,
    ])
  }
}

function lookedInto() {
  return sealedTables().filter(({ name }) => LOOKED_INTO.includes(name))
}

function tableAt(place: string) {
  return lookedInto().find(({ name }) => place === `public.${name}`)
}

function theRows({ name, columns }: SealedTable, ids: string[], { held = false } = {}) {
  const { trx, organisationId } = Tenancy.current()
  return sql<Row>(
    trx,
    `select id::text as id, ${columns.join(', ')} from ${name}
      where organisation_id = ? and id = any(?) ${held ? 'for update' : ''}`,
    [organisationId, ids]
  )
}

async function* rowsOf(organisationId: string, table: SealedTable) {
  let last: string | null = null
  for (;;) {
    const after: string | null = last
    const rows: Row[] = await Tenancy.system(organisationId, () => someRows(table, after))
    yield* rows
    if (rows.length < ROWS_AT_ONCE) return
    last = rows.at(-1)!.id
  }
}

function someRows({ name, columns }: SealedTable, after: string | null) {
  const { trx, organisationId } = Tenancy.current()
  return sql<Row>(
    trx,
    `select id::text as id, ${columns.join(', ')} from ${name}
      where organisation_id = ? and num_nonnulls(${columns.join(', ')}) > 0
        and (?::uuid is null or id > ?::uuid)
      order by ${name}.id limit ${ROWS_AT_ONCE}`,
    [organisationId, after, after]
  )
}

/** A value that no key opens names no one. */
function textOf({ name }: SealedTable, row: Row, column: string) {
  try {
    const value = openValue(row[column], `${name}.${column}`, { wasPlain: true })
    return typeof value === 'string' ? value : JSON.stringify(value ?? '')
  } catch (error) {
    if (error instanceof NotOpened) return ''
    throw error
  }
}
