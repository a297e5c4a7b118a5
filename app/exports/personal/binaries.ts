import { Readable } from 'node:stream'
import type { Listing } from '#exports/listing'
import { NEVER, type Belonging } from '#exports/personal/conditions'
import type { Bundle } from '#models/privacy_export'
import { filePath } from '#exports/personal/rows'
import type { Place } from '#exports/personal/subject'
import type { PersonalTable } from '#exports/personal/tables'
import { isBinary } from '#exports/records/catalogue'
import { pages } from '#exports/records/pages'
import type { ZippedFile } from '#exports/zip'
import { isKept, openFile } from '#models/evidence/files'
import GateEvidence from '#models/gate_evidence'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The files among a table's columns, one in memory at a time. */
export async function* binaryFiles(
  of: PersonalTable,
  place: Place,
  bundle: Bundle,
  belonging: Belonging,
  listing: Listing
): AsyncGenerator<ZippedFile> {
  const binaries = of.fields.filter(isBinary)
  const where = belonging.rows(of.table.name, bundle)
  if (binaries.length === 0 || where === NEVER) return
  const { organisationId } = place
  for await (const rows of pages(organisationId, {
    table: of.table,
    columns: of.table.key,
    where,
  })) {
    for (const row of rows) {
      for (const { name } of binaries) {
        const bytes = await bytesOf(organisationId, of.table.name, name, row.id)
        if (bytes) yield listing.add(filePath(of.name, row, name), Readable.from([bytes]))
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

/** Files that the person attached as evidence, from where files are kept. */
export async function* evidenceFiles(place: Place, listing: Listing): AsyncGenerator<ZippedFile> {
  let last: string | null = null
  for (;;) {
    const after: string | null = last
    const piece: GateEvidence | null = await Tenancy.system(place.organisationId, () =>
      nextPiece(place, after)
    )
    if (!piece) return
    last = piece.id
    const { file } = piece
    if (!(await isKept(place.organisationId, file))) continue
    const content = await Tenancy.system(place.organisationId, () => openFile(file))
    yield listing.add(`files/gate_evidence/${piece.id}-${plainName(piece.name)}`, content)
  }
}

function nextPiece({ memberships }: Place, after: string | null) {
  return GateEvidence.query()
    .whereIn('added_by', memberships)
    .where('kind', 'file')
    .if(after, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .first()
}

/** A name that no system takes amiss; the one that was given stands in the record. */
function plainName(name: string) {
  return name.replace(/[^\w.-]+/g, '-').replace(/\.+(?=\.|$)/g, '')
}
