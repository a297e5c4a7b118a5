import { Readable } from 'node:stream'
import type { Listing } from '#exports/listing'
import { binaryPath, whereOf } from '#exports/organisation/rows'
import type { OrganisationTable } from '#exports/organisation/tables'
import { isBinary } from '#exports/records/catalogue'
import { pages } from '#exports/records/pages'
import type { ZippedFile } from '#exports/zip'
import { isKept, openFile } from '#models/evidence/files'
import GateEvidence from '#models/gate_evidence'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The files among a table's columns, one in memory at a time. */
export async function* tableFiles(
  of: OrganisationTable,
  organisationId: string,
  listing: Listing
): AsyncGenerator<ZippedFile> {
  const binaries = of.columns.filter(isBinary)
  if (binaries.length === 0) return
  const reading = { table: of.table, columns: of.table.key, where: whereOf(of, organisationId) }
  for await (const rows of pages(organisationId, reading)) {
    for (const row of rows) {
      for (const { name } of binaries) {
        const bytes = await bytesOf(organisationId, of.table.name, name, row.id)
        if (bytes) yield listing.add(binaryPath(of.name, row, name), Readable.from([bytes]))
      }
    }
  }
}

/** Every piece of evidence that is a file and is still kept, by its id. */
export async function* allEvidence(
  organisationId: string,
  listing: Listing
): AsyncGenerator<ZippedFile> {
  let last: string | null = null
  for (;;) {
    const after: string | null = last
    const piece: GateEvidence | null = await Tenancy.system(organisationId, () => next(after))
    if (!piece) return
    last = piece.id
    const { file } = piece
    if (!(await isKept(organisationId, file))) continue
    const content = await Tenancy.system(organisationId, () => openFile(file))
    yield listing.add(`evidence/${piece.id}`, content)
  }
}

function next(after: string | null) {
  return GateEvidence.query()
    .where('kind', 'file')
    .if(after, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .first()
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
