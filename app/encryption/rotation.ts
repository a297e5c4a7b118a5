import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/events'
import { ring } from '#encryption/key_ring'
import { sealedTables, type SealedTable } from '#encryption/sealed_tables'
import { openValue, sealValue } from '#encryption/sealed_value'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const ROWS_AT_ONCE = 200

/** What a rotation did, or a dry run would do, in one table. */
export type Rotated = { table: string; rows: number }

export type RotationOptions = {
  /** Counts, and changes nothing. */
  dryRun?: boolean
  rowsAtOnce?: number
  progress?: (rotated: Rotated) => void
}

/**
 * Seals every row anew that another key than the current one sealed, in small transactions: what is done
 * stays done, so that a run that was cut off goes on where it ended. Rows stay readable throughout.
 */
export async function rotateKeys(options: RotationOptions = {}): Promise<Rotated[]> {
  const { dryRun = false, rowsAtOnce = ROWS_AT_ONCE, progress = () => {} } = options
  if (!dryRun) await tell('encryption.rotation_started', 0)
  const organisations = await everyOrganisation()
  const done: Rotated[] = []
  for (const table of sealedTables()) {
    const homes = table.isShared ? [PLATFORM] : organisations
    let rows = 0
    for (const home of homes) {
      rows += dryRun ? await countIn(home, table) : await rotateIn(home, table, rowsAtOnce)
    }
    done.push({ table: table.name, rows })
    progress(done.at(-1)!)
  }
  if (!dryRun) await tell('encryption.rotated', sum(done))
  return done
}

async function everyOrganisation(): Promise<string[]> {
  const rows = await sql(db, 'select id from directory.organisations() id')
  return [PLATFORM, ...rows.map(({ id }) => id)]
}

async function countIn(home: string, table: SealedTable) {
  const [{ count }] = await Tenancy.system(home, () =>
    sql(
      Tenancy.current().trx,
      `select count(*)::int as count from ${table.name} where ${scope(table)} and ${due(table)}`,
      [...scoped(home, table), ...dueValues(table)]
    )
  )
  return count
}

async function rotateIn(home: string, table: SealedTable, rowsAtOnce: number) {
  let rows = 0
  let last: string | null = null
  do {
    const after: string | null = last
    const batch: Row[] = await Tenancy.system(home, () => rotateSome(table, after, rowsAtOnce))
    rows += batch.length
    last = batch.length < rowsAtOnce ? null : batch.at(-1)!.id
  } while (last)
  return rows
}

type Row = Record<string, string | null> & { id: string }

async function rotateSome(table: SealedTable, after: string | null, limit: number) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<Row>(
    trx,
    `select id::text as id, ${table.columns.join(', ')} from ${table.name}
      where ${scope(table)} and ${due(table)}
        and (?::${table.idType} is null or id > ?::${table.idType})
      order by ${table.name}.id limit ? for update`,
    [...scoped(organisationId, table), ...dueValues(table), after, after, limit]
  )
  await write(table, rows)
  return rows
}

async function write(table: SealedTable, rows: Row[]) {
  if (rows.length === 0) return
  const { trx, organisationId } = Tenancy.current()
  const given = rows.map(({ id, ...sealed }) => ({ id, ...sealAnew(table, sealed) }))
  await sql(
    trx,
    `update ${table.name} as row set ${table.columns.map((name) => `${name} = anew.${name}`).join(', ')}
       from json_to_recordset(?::json) as anew
         (id ${table.idType}, ${table.columns.map((name) => `${name} text`).join(', ')})
      where row.id = anew.id and ${scope(table, 'row.')}`,
    [JSON.stringify(given), ...scoped(organisationId, table)]
  )
}

function sealAnew({ name, columns }: SealedTable, sealed: Record<string, string | null>) {
  return Object.fromEntries(
    columns.map((column) => {
      const purpose = `${name}.${column}`
      return [column, sealValue(openedOf(sealed[column], purpose), purpose)]
    })
  )
}

/** Sessions from before the ring are plain JSON; every other plain value is the text itself. */
function openedOf(value: string | null, purpose: string) {
  if (purpose === 'sessions.data' && value?.startsWith('{')) return JSON.parse(value)
  return openValue(value, purpose, true)
}

function scope({ isShared }: SealedTable, of = '') {
  return isShared ? 'true' : `${of}organisation_id = ?`
}

function scoped(organisationId: string, { isShared }: SealedTable) {
  return isShared ? [] : [organisationId]
}

function due({ columns }: SealedTable) {
  return `(${columns.map((name) => `${name} not like ?`).join(' or ')})`
}

function dueValues({ columns }: SealedTable) {
  return columns.map(() => `s1.${ring().current.id}.%`)
}

function tell(action: string, count: number) {
  return Tenancy.system(PLATFORM, () =>
    record({
      ...{ action, entityType: 'key_ring', entityId: PLATFORM },
      facts: { version: ring().current.id, count },
    })
  )
}

function sum(done: Rotated[]) {
  return done.reduce((total, { rows }) => total + rows, 0)
}
