import { personalData } from '#registries/personal_data'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type Column = { name: string; type: string; required: boolean }

/** A table as the database describes it. `key` are the columns of its primary key, in order. */
export type Table = { name: string; columns: Column[]; key: Column[] }

/** Reads a table, such as `public.tasks`, from the catalogue. */
export async function tableNamed(name: string): Promise<Table> {
  const { trx } = Tenancy.current()
  const rows = await sql(
    trx,
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
            array_position(i.indkey::int2[], a.attnum) as place
       from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
      where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [name]
  )
  const keyed = rows.filter(({ place }) => place !== null).sort((a, b) => a.place - b.place)
  const column = ({ name: of, type, required }: any): Column => ({ name: of, type, required })
  return { name, columns: rows.map(column), key: keyed.map(column) }
}

/** The columns that may leave the product. */
export function exportable({ name, columns }: Table): Column[] {
  return columns.filter((column) => personalData.get(`${name}.${column.name}`)?.export)
}

/** Whether a column holds bytes, which become separate files. */
export function isBinary({ type }: Column) {
  return type === 'bytea'
}
