import { Readable } from 'node:stream'
import type { Listing } from '#exports/listing'
import { isBinary, type Column } from '#exports/records/catalogue'
import { pages, type Reading, type Row } from '#exports/records/pages'
import type { ZippedFile } from '#exports/zip'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The path of a row's file in an archive. */
export function binaryPath(table: string, row: Row, column: string) {
  return `files/${table}/${row.id}-${column}`
}

/** The files among these columns of a table, which the archive calls `name`: one in memory at a time. */
export async function* binaryFiles(
  organisationId: string,
  {
    name,
    columns,
    table,
    where,
  }: Pick<Reading, 'table' | 'where'> & {
    name: string
    columns: Column[]
  },
  listing: Listing
): AsyncGenerator<ZippedFile> {
  const binaries = columns.filter(isBinary)
  if (binaries.length === 0) return
  for await (const rows of pages(organisationId, { table, columns: table.key, where })) {
    for (const row of rows) {
      for (const { name: column } of binaries) {
        const bytes = await bytesOf(organisationId, table.name, column, row.id)
        if (bytes) yield listing.add(binaryPath(name, row, column), Readable.from([bytes]))
      }
    }
  }
}

async function bytesOf(organisationId: string, table: string, column: string, id: unknown) {
  const [row] = await Tenancy.system(organisationId, () =>
    sql<{ bytes: Buffer | null }>(
      Tenancy.current().trx,
      `select ${column} as bytes from ${table} where organisation_id = ? and id = ?`,
      [organisationId, id]
    )
  )
  return row?.bytes ?? null
}
