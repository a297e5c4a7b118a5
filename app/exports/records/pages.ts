import { isBinary, type Column, type Table } from '#exports/records/catalogue'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type Row = Record<string, unknown>

/** What is read of a table: `where` and `extra` are SQL on the alias `t`, with `?` for their values. */
export type Reading = {
  table: Table
  columns: Column[]
  where: { text: string; values: unknown[] }
  /** A column beside the table's own, told apart from them by its leading dot. */
  extra?: { text: string; values: unknown[] }
  /** What stands in place of the table itself. */
  source?: { text: string; values: unknown[] }
}

const ROWS_PER_PAGE = 200

/**
 * Rows in the order of their key, page by page, each in a short transaction of its own in this organisation.
 * Of files only whether there is one is told: they are read one by one.
 */
export async function* pages(organisationId: string, reading: Reading): AsyncGenerator<Row[]> {
  let last: string[] | null = null
  for (;;) {
    const after: string[] | null = last
    const rows: Read[] = await Tenancy.system(organisationId, () => page(reading, after))
    if (rows.length > 0) yield rows.map(({ row, extra }) => (extra ? { ...row, '.': extra } : row))
    if (rows.length < ROWS_PER_PAGE) return
    last = rows.at(-1)!.key
  }
}

type Read = { row: Row; key: string[]; extra: string | null }

function page({ table, columns, where, extra, source }: Reading, last: string[] | null) {
  const key = table.key.map(({ name }) => `t.${name}`)
  const after = last ? `and (${key}) > (${table.key.map(({ type }) => `?::${type}`)})` : ''
  return sql<Read>(
    Tenancy.current().trx,
    `select (select row_to_json(x) from (select ${columns.map(selected)}) x) as row,
            array[${key.map((name) => `${name}::text`)}] as key, ${extra?.text ?? 'null'} as extra
       from ${source?.text ?? table.name} t where ${where.text} ${after}
      order by ${key} limit ${ROWS_PER_PAGE}`,
    [...(extra?.values ?? []), ...(source?.values ?? []), ...where.values, ...(last ?? [])]
  )
}

function selected(column: Column) {
  return isBinary(column) ? `(t.${column.name} is not null) as ${column.name}` : `t.${column.name}`
}
