import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { Listing } from '#exports/listing'
import type { ZippedFile } from '#exports/zip'
import { isKept, openFile } from '#models/evidence/files'
import GateEvidence from '#models/gate_evidence'
import Tenancy from '#tenancy/tenancy'

type Query = ModelQueryBuilderContract<typeof GateEvidence>

/** The pieces of evidence that are files and still kept, in the order of their ids, each at its path. */
export async function* evidenceFiles(
  organisationId: string,
  listing: Listing,
  pathOf: (piece: GateEvidence) => string,
  narrow: (query: Query) => void = () => {}
): AsyncGenerator<ZippedFile> {
  let last: string | null = null
  for (;;) {
    const after: string | null = last
    const piece: GateEvidence | null = await Tenancy.system(organisationId, () =>
      nextPiece(after, narrow)
    )
    if (!piece) return
    last = piece.id
    const { file } = piece
    if (!(await isKept(organisationId, file))) continue
    const content = await Tenancy.system(organisationId, () => openFile(file))
    yield listing.add(pathOf(piece), content)
  }
}

function nextPiece(after: string | null, narrow: (query: Query) => void) {
  return GateEvidence.query()
    .where('kind', 'file')
    .if(after, (query) => query.where('id', '>', after!))
    .where(narrow)
    .orderBy('id')
    .first()
}

/** A file's name that no system takes amiss; the one that was given stands in its record. */
export function plainName(name: string) {
  return name.replace(/[^\w.-]+/g, '-').replace(/\.+(?=\.|$)/g, '')
}
