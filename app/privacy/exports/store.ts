import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import drive from '@adonisjs/drive/services/main'
import { opening, sealing } from '#encryption/sealed_stream'
import { temporaryFolder } from '#exports/temporary_folder'

const PURPOSE = 'privacy_exports.file'

/**
 * Seals an archive and puts it into the store. It waits on disk in between, sealed already, because a store
 * wants to know how long a file is. Answers the size and hash of the archive itself.
 */
export async function storeArchive(id: string, archive: Readable) {
  const folder = await temporaryFolder()
  const path = join(folder, 'archive')
  const meter = new Meter()
  try {
    await pipeline(archive, meter, sealing(PURPOSE), createWriteStream(path))
    const { size: contentLength } = await stat(path)
    const options = { contentLength, visibility: 'private' as const }
    await drive.use().putStream(keyOf(id), createReadStream(path), options)
    return { size: meter.size, sha256: meter.sha256 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function isArchived(id: string) {
  return drive.use().exists(keyOf(id))
}

/** The archive again. It breaks off where what is stored is not what was put there. */
export async function openArchive(id: string): Promise<Readable> {
  const output = new PassThrough()
  const stored = await drive.use().getStream(keyOf(id))
  pipeline(stored, opening(PURPOSE), output).catch((error) => output.destroy(error))
  return output
}

export async function discardArchive(id: string) {
  await drive.use().delete(keyOf(id))
}

function keyOf(id: string) {
  return `exports/${id}`
}

/** Counts and hashes what passes by. */
class Meter extends Transform {
  size = 0
  #hash = createHash('sha256')

  get sha256() {
    return this.#hash.digest('hex')
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: (e: null, c: Buffer) => void) {
    this.size += chunk.length
    this.#hash.update(chunk)
    done(null, chunk)
  }
}
