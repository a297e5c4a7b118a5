import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Stores the bytes of an upload for as long as its import is a draft. */
export async function keepFile(importId: string, bytes: Buffer) {
  await write(importId, bytes)
}

/** The bytes of a draft. Throws when they are gone. */
export async function readFile(importId: string): Promise<Buffer> {
  const { trx, organisationId } = Tenancy.current()
  const [row] = await sql<{ file: Buffer | null }>(
    trx,
    'select file from imports where organisation_id = ? and id = ?',
    [organisationId, importId]
  )
  if (!row?.file) throw new Error('The file of this import has been deleted')
  return row.file
}

/** Deletes the file's content: it is no longer read. */
export async function dropFile(importId: string) {
  await write(importId, null)
}

async function write(importId: string, bytes: Buffer | null) {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'update imports set file = ? where organisation_id = ? and id = ?', [
    bytes,
    organisationId,
    importId,
  ])
}
