import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import drive from '@adonisjs/drive/services/main'
import { StoredFileError, troubleOf } from '#models/evidence/trouble'
import { enqueueAll } from '#jobs/enqueue'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The largest file that is taken as evidence. */
export const LARGEST = 10 * 1024 * 1024

export type StoredFile = { id: string; fileKey: string; sha256: string }

/** Where a file stands in the store: named by ids alone. */
export function keyOf(organisationId: string, evidenceId: string) {
  return `evidence/${organisationId}/${evidenceId}`
}

/**
 * Keeps a file's bytes with the transaction; a job moves them to the store after it, because no store may
 * be waited for while a transaction is open.
 */
export async function keepBytes(evidenceId: string, bytes: Buffer) {
  const { trx, organisationId } = Tenancy.current()
  await sql(
    trx,
    'insert into gate_evidence_bytes (organisation_id, id, evidence_id, bytes) values (?, ?, ?, ?)',
    [organisationId, evidenceId, evidenceId, bytes]
  )
  await enqueueAll(trx, 'store_evidence', [{ evidenceId }])
}

/**
 * Moves the bytes that wait to the store; done twice, or by two at once, it does no harm. Somebody may have let
 * the file go meanwhile, and a run before this one may have been cut off before it saw that.
 */
export async function storeBytes(organisationId: string, evidenceId: string) {
  const [waiting] = await Tenancy.system(organisationId, () => bytesOf(evidenceId))
  if (waiting) {
    const options = { contentType: waiting.media_type, visibility: 'private' as const }
    await drive.use().put(keyOf(organisationId, evidenceId), waiting.bytes, options)
    await Tenancy.system(organisationId, () => forgetBytes([evidenceId]))
  }
  const isWanted = await Tenancy.system(organisationId, () => hasFile(evidenceId))
  if (!isWanted) await discardStored(organisationId, evidenceId)
}

/** Deletes files for good once the transaction that let them go is over. */
export async function discardFiles(evidenceIds: string[]) {
  if (evidenceIds.length === 0) return
  await forgetBytes(evidenceIds)
  const payloads = evidenceIds.map((evidenceId) => ({ evidenceId }))
  await enqueueAll(Tenancy.current().trx, 'discard_evidence', payloads)
}

/** Deletes one file from the store. */
export async function discardStored(organisationId: string, evidenceId: string) {
  await drive.use().delete(keyOf(organisationId, evidenceId))
}

/**
 * The file's bytes, as they were hashed when they came: a file that was altered in the store breaks off, and
 * so does one that the store does not give; a StoredFileError tells which. Call it in the transaction; the
 * stream may be read after it.
 */
export async function openFile(evidence: StoredFile): Promise<Readable> {
  const [waiting] = await bytesOf(evidence.id)
  const source = waiting ? () => Readable.from([waiting.bytes]) : () => fromStore(evidence.fileKey)
  return Readable.from(verified(source, evidence.sha256), { objectMode: false })
}

/** Whether the bytes are still there: those of what was removed before anybody saw it are not. */
export async function isKept(organisationId: string, evidence: StoredFile) {
  const [waiting] = await Tenancy.system(organisationId, () => bytesOf(evidence.id))
  return waiting !== undefined || drive.use().exists(evidence.fileKey)
}

async function fromStore(key: string) {
  return drive.use().getStream(key)
}

/** The last of it is held back until the whole is known to be right. */
async function* verified(open: () => Readable | Promise<Readable>, sha256: string) {
  const hash = createHash('sha256')
  let held: Buffer | null = null
  for await (const chunk of given(open)) {
    hash.update(chunk)
    if (held) yield held
    held = chunk
  }
  if (hash.digest('hex') !== sha256) throw new StoredFileError('altered')
  if (held) yield held
}

async function* given(open: () => Readable | Promise<Readable>): AsyncGenerator<Buffer> {
  try {
    yield* await open()
  } catch (error) {
    throw new StoredFileError(troubleOf(error), error)
  }
}

function bytesOf(evidenceId: string): Promise<{ bytes: Buffer; media_type: string }[]> {
  const { trx, organisationId } = Tenancy.current()
  return sql(
    trx,
    `select waiting.bytes, evidence.media_type from gate_evidence_bytes waiting
       join gate_evidence evidence on evidence.organisation_id = waiting.organisation_id
        and evidence.id = waiting.evidence_id
      where waiting.organisation_id = ? and waiting.evidence_id = ?`,
    [organisationId, evidenceId]
  )
}

async function forgetBytes(evidenceIds: string[]) {
  const { trx, organisationId } = Tenancy.current()
  await sql(
    trx,
    'delete from gate_evidence_bytes where organisation_id = ? and evidence_id = any(?)',
    [organisationId, evidenceIds]
  )
}

/** Whether the file is to be kept: it stands, or lay before the deciders when it was taken away. */
async function hasFile(evidenceId: string) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql(
    trx,
    `select from gate_evidence e
      where e.organisation_id = ? and e.id = ? and e.erased_at is null
        and (e.removed_at is null or exists (
          select from gate_criteria c join gate_reviews r
              on r.organisation_id = c.organisation_id and r.gate_id = c.gate_id
           where c.organisation_id = e.organisation_id and c.id = e.criterion_id
             and r.submitted_at between e.created_at and e.removed_at))`,
    [organisationId, evidenceId]
  )
  return rows.length > 0
}
