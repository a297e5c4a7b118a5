import type { Viewer } from '#identity/viewer'
import type { StoredFile } from '#models/stored_file/files'
import GateDecision from '#models/gate_decision'
import GateEvidence from '#models/gate_evidence'
import type GateReview from '#models/gate_review'
import { IDS } from '#models/ids'
import Membership from '#models/membership'
import { readSection } from '#models/pack/pack'
import { restrictedFor, shownName } from '#models/person_flag'
import type Project from '#models/project'
import { sealedParts, type SealedPart } from '#models/review/reading'
import type { Tenant } from '#tenancy/entry'

/** A piece of evidence that is a file; `stored` is null once it is no longer kept. */
export type PackedEvidence = { id: string; name: string; sha256: string; stored: StoredFile | null }

/** An exported pack except the bytes of its evidence and the proof, which are read while it is sent. */
export type PackExport = {
  tenant: Tenant
  ref: string
  project: string
  gate: string
  review: string
  round: number
  manifest: string
  sha256: string
  parts: SealedPart[]
  decisions: { id: string; record: string; sha256: string }[]
  evidence: PackedEvidence[]
  people: Record<string, string>
}

/** What one viewer receives of a round's pack. */
export async function packExport(
  project: Project,
  review: GateReview,
  viewer: Viewer,
  requestId: string | null
): Promise<PackExport> {
  const parts = await sealedParts(viewer, project, review)
  const decisions = (await GateDecision.in(review)).reverse()
  const texts = [review.pack, ...parts.map(({ body }) => body), ...decisions.map((d) => d.record)]
  return {
    tenant: { organisationId: viewer.organisation.id, userId: viewer.userId, requestId },
    ref: review.$extras.ref,
    project: project.id,
    gate: review.gateId,
    review: review.id,
    round: review.round,
    manifest: review.pack,
    sha256: review.packSha256,
    parts,
    decisions: decisions.map(({ id, record, recordSha256 }) => ({
      id,
      record,
      sha256: recordSha256,
    })),
    evidence: await evidenceIn(parts),
    people: await peopleIn(texts.join('\n'), viewer),
  }
}

async function evidenceIn(parts: SealedPart[]): Promise<PackedEvidence[]> {
  const criteria = parts.find(({ name }) => name === 'criteria')?.body
  const records = criteria ? (readSection(criteria).lists.evidence ?? []) : []
  const files = records.filter(({ kind }) => kind === 'file')
  const ids = files.map(({ id }) => id)
  const rows = ids.length > 0 ? await GateEvidence.query().whereIn('id', ids) : []
  const kept = rows.filter(({ erasedAt }) => erasedAt === null)
  const known = new Map(kept.map((row) => [row.id, row.file]))
  return files.map(({ id, name, sha256 }) => ({
    id,
    name: String(name),
    sha256: String(sha256),
    stored: known.get(id) ?? null,
  }))
}

/** Packs and decisions identify people by id; names can be erased, so they are kept separately. */
async function peopleIn(text: string, viewer: Viewer) {
  const names = await Membership.names(text.match(IDS) ?? [])
  const restricted = await restrictedFor(viewer)
  return Object.fromEntries([...names].map(([id, name]) => [id, shownName(id, name, restricted)]))
}
