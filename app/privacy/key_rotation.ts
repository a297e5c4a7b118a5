import { record } from '#audit/events'
import { NotOpened, ring } from '#encryption/key_ring'
import { sealedTables, type SealedTable } from '#privacy/sealed_tables'
import { openValue, sealValue } from '#encryption/sealed_value'
import { everyTenancy } from '#tenancy/organisations'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const ROWS_AT_ONCE = 200

/** What a rotation did, or a dry run would do, in one table. */
type Rotated = { table: string; rows: number; unreadable: number }

type RotationOptions = {
  /** Only counts, and changes nothing. */
  dryRun?: boolean
  rowsAtOnce?: number
  progress?: (rotated: Rotated) => void
}

/**
 * Reseals every row that was sealed with another key than the current one, in small transactions: what is done stays
 * done, so that an interrupted run continues where it ended. Rows stay readable throughout.
 */
export async function rotateKeys(options: RotationOptions = {}): Promise<Rotated[]> {
  const { dryRun = false, rowsAtOnce = ROWS_AT_ONCE, progress = () => {} } = options
  if (!dryRun) await tell('encryption.rotation_started', 0)
  const organisations = await everyTenancy()
  const done: Rotated[] = []
  for (const table of sealedTables()) {
    const homes = table.isShared ? [PLATFORM] : organisations
    const rotated = { table: table.name, rows: 0, unreadable: 0 }
    for (const home of homes) {
      if (dryRun) rotated.rows += await countIn(home, table)
      else await rotateIn(home, table, rowsAtOnce, rotated)
    }
    done.push(rotated)
    progress(done.at(-1)!)
  }
  if (!dryRun) await tell('encryption.rotated', sum(done))
  return done
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

async function rotateIn(home: string, table: SealedTable, rowsAtOnce: number, so: Rotated) {
  let last: string | null = null
  do {
    const after: string | null = last
    const batch: Row[] = await Tenancy.system(home, () => rotateSome(table, after, rowsAtOnce, so))
    last = batch.length < rowsAtOnce ? null : batch.at(-1)!.id
  } while (last)
}

type Row = Record<string, string | null> & { id: string }

async function rotateSome(table: SealedTable, after: string | null, limit: number, so: Rotated) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<Row>(
    trx,
    `select id::text as id, ${table.columns.join(', ')} from ${table.name}
      where ${scope(table)} and ${due(table)}
        and (?::${table.idType} is null or id > ?::${table.idType})
      order by ${table.name}.id limit ? for update`,
    [...scoped(organisationId, table), ...dueValues(table), after, after, limit]
  )
  const anew = rows.map((row) => sealAnew(table, row))
  const readable = anew.filter((row) => row !== null)
  await write(table, readable)
  so.rows += readable.length
  so.unreadable += rows.length - readable.length
  return rows
}

async function write(table: SealedTable, rows: Row[]) {
  if (rows.length === 0) return
  const { trx, organisationId } = Tenancy.current()
  await sql(
    trx,
    `update ${table.name} as row set ${table.columns.map((name) => `${name} = anew.${name}`).join(', ')}
       from json_to_recordset(?::json) as anew
         (id ${table.idType}, ${table.columns.map((name) => `${name} text`).join(', ')})
      where row.id = anew.id and ${scope(table, 'row.')}`,
    [JSON.stringify(rows), ...scoped(organisationId, table)]
  )
}

/** Null for a row that no key opens, or that was altered: it is left as it is, and counted. */
function sealAnew({ name, columns }: SealedTable, row: Row): Row | null {
  try {
    const sealed = columns.map((column) => {
      const purpose = `${name}.${column}`
      return [column, sealValue(openedOf(row[column], purpose), purpose)]
    })
    return { id: row.id, ...Object.fromEntries(sealed) }
  } catch (error) {
    if (error instanceof NotOpened) return null
    throw error
  }
}

/** Sessions from before the ring are plain JSON; every other plain value is the text itself. */
function openedOf(value: string | null, purpose: string) {
  if (purpose === 'sessions.data' && value?.startsWith('{')) return JSON.parse(value)
  const opened = openValue(value, purpose, { wasPlain: true })
  if (opened === null && value !== null) throw new NotOpened(`${purpose}: not under this APP_KEY`)
  return opened
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
      action,
      entityType: 'key_ring',
      entityId: PLATFORM,
      facts: { version: ring().current.id, count },
    })
  )
}

function sum(done: Rotated[]) {
  return done.reduce((total, { rows }) => total + rows, 0)
}
