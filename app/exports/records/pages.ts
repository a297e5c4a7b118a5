import { isBinary, type Column, type Table } from '#exports/records/catalogue'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type Row = Record<string, unknown>

/** What is read of a table: `where` and `extra` are SQL on the alias `t`, with `?` for their values. */
export type Reading = {
  table: Table
  columns: Column[]
  where: { text: string; values: unknown[] }
  /** A column in addition to the table's own, marked by its leading dot. */
  extra?: { text: string; values: unknown[] }
  /** What is read instead of the table itself. */
  source?: { text: string; values: unknown[] }
}

const ROWS_PER_PAGE = 200

/** A page ends early when its rows are long: two hundred sealed packs would not fit into memory. */
const BYTES_PER_PAGE = 2_000_000

/**
 * Rows in key order, page by page, each in its own short transaction in this organisation. For files it only says
 * whether there is one: they are read one by one.
 */
export async function* pages(organisationId: string, reading: Reading): AsyncGenerator<Row[]> {
  let last: string[] | null = null
  for (;;) {
    const after: string[] | null = last
    const rows: Read[] = await Tenancy.system(organisationId, () => page(reading, after))
    if (rows.length > 0) yield rows.map(({ row, extra }) => (extra ? { ...row, '.': extra } : row))
    if (rows.length === 0 || rows.at(-1)!.isLast) return
    last = rows.at(-1)!.key
  }
}

type Read = { row: Row; key: string[]; extra: string | null; isLast: boolean }

function page({ table, columns, where, extra, source }: Reading, last: string[] | null) {
  const key = table.key.map(({ name }) => `t.${name}`)
  const after = last ? `and (${key}) > (${table.key.map(({ type }) => `?::${type}`)})` : ''
  return sql<Read>(
    Tenancy.current().trx,
    `with page as materialized (
       select (select row_to_json(x) from (select ${columns.map(selected)}) x) as content,
              array[${key.map((name) => `${name}::text`)}] as key, ${extra?.text ?? 'null'} as extra,
              row_number() over (order by ${key}) as place
         from ${source?.text ?? table.name} t where ${where.text} ${after}
        order by ${key} limit ${ROWS_PER_PAGE}),
     measured as (
       select sized.*, sum(size) over (order by place) - size as before
         from (select page.*, octet_length(content::text) as size from page) sized)
     select content as row, key, extra, place = read and read < ${ROWS_PER_PAGE} as "isLast"
       from measured, (select count(*) as read from page) counted
      where before < ${BYTES_PER_PAGE} order by place`,
    [...(extra?.values ?? []), ...(source?.values ?? []), ...where.values, ...(last ?? [])]
  )
}

function selected(column: Column) {
  return isBinary(column) ? `(t.${column.name} is not null) as ${column.name}` : `t.${column.name}`
}
