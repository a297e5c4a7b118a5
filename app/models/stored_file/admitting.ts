import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { refuseBeyond } from '#models/organisation/quotas'
import { LARGEST, sizeInWords } from '#models/text/sizes'
import { recognise } from '#models/stored_file/file_types'
import { keyOf } from '#models/stored_file/files'
import type { HomeName } from '#models/stored_file/homes'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** What a record says about its file. */
type Admitted = {
  id: string
  name: string
  size: number
  mediaType: string
  fileKey: string
  sha256: string
}

/**
 * Accepts a file that someone hands in, if its bytes are what its name claims and there is room for it; otherwise
 * refuses beside the field. Call `keepBytes` once the record exists.
 */
export async function admit(home: HomeName, name: string, bytes: Buffer): Promise<Admitted> {
  if (bytes.length === 0) refuse('file', 'This file is empty')
  if (bytes.length > LARGEST) refuse('file', TOO_LARGE)
  const recognised = recognise(name, bytes)
  if ('refusal' in recognised) return refuse('file', recognised.refusal)
  await refuseBeyond('storage', 'file', bytes.length)
  const id = uuidv7()
  return {
    id,
    name,
    size: bytes.length,
    mediaType: recognised.mediaType,
    fileKey: keyOf(home, Tenancy.current().organisationId, id),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

export const TOO_LARGE = `This file is over the ${sizeInWords(LARGEST)} limit`
