import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { writeProof } from '#audit/proof'
import { packVerifier } from '#audit/standalone'
import { plainName } from '#exports/stored_files'
import type { PackedEvidence, PackExport } from '#exports/gate_pack/export'
import { Listing } from '#exports/listing'
import { readme } from '#exports/gate_pack/readme'
import { NoLongerAllowed } from '#exports/no_longer_allowed'
import { temporaryFolder } from '#exports/temporary_folder'
import type { ZippedFile } from '#exports/zip'
import { Viewer } from '#identity/viewer'
import { openFile, type StoredFile } from '#models/stored_file/files'
import Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/** The events that show what was put before the deciders, and what they decided. */
const PROVEN = [
  'gate_review.submitted',
  'gate_decision.recorded',
  'gate_decision.corrected',
  // The events that lead from a sealed hash to the text left after a person was removed from it.
  'gate_pack.redacted',
  'gate_decision.redacted',
]

/**
 * The files of an exported pack, one by one. The request's transaction has ended by the time they are read. The
 * manifest comes last, because it lists the hashes of the others.
 */
export async function* packFiles(pack: PackExport): AsyncGenerator<ZippedFile> {
  const listing = new Listing()
  yield listing.add('README.txt', readme(pack))
  yield* verifierFiles(listing)
  yield* sealedFiles(pack, listing)
  for (const [index, piece] of pack.evidence.entries()) {
    const { stored } = piece
    if (!stored) continue
    const file = listing.add(evidencePath(piece, index), await opened(pack, stored))
    yield { ...file, isCompact: !IS_TEXT.test(piece.name) }
  }
  yield* proofFile(pack, listing)
  yield new Listing().add('manifest.json', pretty(manifestOf(pack, listing)))
}

const IS_TEXT = /\.(txt|md|csv)$/i

async function* verifierFiles(listing: Listing) {
  for (const [name, text] of Object.entries(await packVerifier())) yield listing.add(name, text)
}

function* sealedFiles(pack: PackExport, listing: Listing) {
  yield listing.add('pack/manifest.json', pack.manifest)
  for (const { name, body } of pack.parts) {
    if (body !== null) yield listing.add(partPath(name), body)
  }
  for (const [index, { record }] of pack.decisions.entries()) {
    yield listing.add(decisionPath(index), record)
  }
  yield listing.add('people.json', pretty(pack.people))
}

/** The person's rights are checked again for each file, because sending many takes time. */
async function opened({ tenant, project }: PackExport, file: StoredFile): Promise<Readable> {
  const stream = await Tenancy.run(tenant, async (entry) => {
    if (!entry) throw new NoLongerAllowed()
    await Project.findVisible(new Viewer(entry), project)
    return openFile(file)
  })
  return stream
}

/** The proof is as long as the organisation's trail, so it is kept on disk and not in memory. */
async function* proofFile(pack: PackExport, listing: Listing) {
  const folder = await temporaryFolder()
  try {
    const path = join(folder, 'audit.ndjson')
    const entities = [pack.review, ...pack.decisions.map(({ id }) => id)]
    await writeProof(pack.tenant.organisationId, { entities, actions: PROVEN }, path)
    yield listing.add('audit.ndjson', createReadStream(path))
  } finally {
    await rm(folder, { recursive: true })
  }
}

function manifestOf(pack: PackExport, listing: Listing) {
  return {
    kind: 'orchestrate gate pack export',
    format: 1,
    exported_at: new Date().toISOString(),
    organisation: pack.tenant.organisationId,
    project: pack.project,
    gate: pack.gate,
    gate_ref: pack.ref,
    review: pack.review,
    round: pack.round,
    pack_sha256: pack.sha256,
    sections: pack.parts.map(({ name, sha256, body }) => ({
      name,
      sha256,
      file: body === null ? null : partPath(name),
    })),
    decisions: pack.decisions.map(({ id, sha256 }, index) => ({
      decision: id,
      sha256,
      file: decisionPath(index),
    })),
    evidence: pack.evidence.map((piece, index) => ({
      evidence: piece.id,
      name: piece.name,
      sha256: piece.sha256,
      file: piece.stored && evidencePath(piece, index),
    })),
    files: listing.files,
  }
}

function partPath(name: string) {
  return `pack/${name}.json`
}

function decisionPath(index: number) {
  return `decisions/${numbered(index)}.json`
}

function evidencePath({ name }: PackedEvidence, index: number) {
  return `evidence/${numbered(index)}-${plainName(name)}`
}

function numbered(index: number) {
  return String(index + 1).padStart(2, '0')
}

function pretty(value: unknown) {
  return JSON.stringify(value, null, 2) + '\n'
}
