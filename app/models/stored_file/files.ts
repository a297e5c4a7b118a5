import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import drive from '@adonisjs/drive/services/main'
import { homeOf, type HomeName } from '#models/stored_file/homes'
import { StoredFileError, troubleOf } from '#models/stored_file/trouble'
import { enqueueAll } from '#jobs/enqueue'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A file by the id of the record it belongs to. */
export type StoredFile = { home: HomeName; id: string; fileKey: string; sha256: string }

/** The file's key in the store, made of ids alone. */
export function keyOf(home: HomeName, organisationId: string, id: string) {
  return `${homeOf(home).folder}/${organisationId}/${id}`
}

/**
 * Stores a file's bytes with the transaction; a job moves them to the file store after it, because a transaction must
 * not wait for the store.
 */
export async function keepBytes(home: HomeName, id: string, bytes: Buffer) {
  const { trx, organisationId } = Tenancy.current()
  const { owner, waiting } = homeOf(home)
  await sql(
    trx,
    `insert into ${waiting} (organisation_id, id, ${owner}, bytes) values (?, ?, ?, ?)`,
    [organisationId, id, id, bytes]
  )
  await enqueueAll(trx, `store_${home}`, [payloadOf(home, id)])
}

/**
 * Moves the waiting bytes to the store; safe to repeat, also at the same time. The file may have been deleted
 * meanwhile, and an earlier run may have been cut off before it noticed.
 */
export async function storeBytes(home: HomeName, organisationId: string, id: string) {
  const [waiting] = await Tenancy.system(organisationId, () => bytesOf(home, id))
  if (waiting) {
    const options = { contentType: waiting.media_type, visibility: 'private' as const }
    await drive.use().put(keyOf(home, organisationId, id), waiting.bytes, options)
    await Tenancy.system(organisationId, () => forgetBytes(home, [id]))
  }
  const isWanted = await Tenancy.system(organisationId, () => hasFile(home, id))
  if (!isWanted) await discardStored(home, organisationId, id)
}

/** Deletes files for good once the transaction that dropped them is over. */
export async function discardFiles(home: HomeName, ids: string[]) {
  if (ids.length === 0) return
  await forgetBytes(home, ids)
  await enqueueDiscards(home, ids)
}

/** Queues the deletion of files from the store, whatever the database says. */
export function enqueueDiscards(home: HomeName, ids: string[]) {
  const payloads = ids.map((id) => payloadOf(home, id))
  return enqueueAll(Tenancy.current().trx, `discard_${home}`, payloads)
}

function payloadOf(home: HomeName, id: string) {
  return { [`${home}Id`]: id }
}

/** Deletes one file from the store. */
export async function discardStored(home: HomeName, organisationId: string, id: string) {
  await drive.use().delete(keyOf(home, organisationId, id))
}

/**
 * The file's bytes, checked against their hash: the stream breaks off for a file that was altered in the store, and for
 * one that the store does not return; a StoredFileError tells which. Call it in the transaction; the stream may be read
 * after it.
 */
export async function openFile({ fileKey, home, id, sha256 }: StoredFile): Promise<Readable> {
  const [waiting] = await bytesOf(home, id)
  const source = waiting ? () => Readable.from([waiting.bytes]) : () => fromStore(fileKey)
  return Readable.from(verified(source, sha256), { objectMode: false })
}

/** Whether the bytes still exist: those of a file removed before anyone saw it do not. */
export async function isKept(organisationId: string, { fileKey, home, id }: StoredFile) {
  const [waiting] = await Tenancy.system(organisationId, () => bytesOf(home, id))
  return waiting !== undefined || drive.use().exists(fileKey)
}

async function fromStore(key: string) {
  return drive.use().getStream(key)
}

/** The end is held back until the whole is known to be right. */
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

function bytesOf(home: HomeName, id: string): Promise<{ bytes: Buffer; media_type: string }[]> {
  const { trx, organisationId } = Tenancy.current()
  const { owner, record, waiting } = homeOf(home)
  return sql(
    trx,
    `select waiting.bytes, e.media_type from ${waiting} waiting
       join ${record} e on e.organisation_id = waiting.organisation_id and e.id = waiting.${owner}
      where waiting.organisation_id = ? and waiting.${owner} = ?`,
    [organisationId, id]
  )
}

async function forgetBytes(home: HomeName, ids: string[]) {
  const { trx, organisationId } = Tenancy.current()
  const { owner, waiting } = homeOf(home)
  await sql(trx, `delete from ${waiting} where organisation_id = ? and ${owner} = any(?)`, [
    organisationId,
    ids,
  ])
}

async function hasFile(home: HomeName, id: string) {
  const { trx, organisationId } = Tenancy.current()
  const { isKept: condition, record } = homeOf(home)
  const rows = await sql(
    trx,
    `select from ${record} e where e.organisation_id = ? and e.id = ? and ${condition}`,
    [organisationId, id]
  )
  return rows.length > 0
}
