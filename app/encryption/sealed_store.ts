import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import drive from '@adonisjs/drive/services/main'
import { Measured } from '#encryption/measured'
import { opening, sealing } from '#encryption/sealed_stream'

/** Files in the store that are sealed before they leave this machine. `purpose` binds each to what it is for. */
export class SealedStore {
  constructor(private purpose: string) {}

  /**
   * Seals a file and puts it into the store. It waits on disk in between, already sealed, because a store needs to know
   * its length. Returns the size and hash of the file itself.
   */
  async put(key: string, file: Readable) {
    const folder = await mkdtemp(join(tmpdir(), 'sealed-'))
    const path = join(folder, 'file')
    const measured = new Measured()
    try {
      await pipeline(file, measured, sealing(this.purpose), createWriteStream(path))
      const { size: contentLength } = await stat(path)
      const options = { contentLength, visibility: 'private' as const }
      await drive.use().putStream(key, createReadStream(path), options)
      const { bytes, sha256 } = measured.result()
      return { size: bytes, sha256 }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  has(key: string) {
    return drive.use().exists(key)
  }

  /** The file again. Breaks off when the stored bytes are not what was put there. */
  async open(key: string): Promise<Readable> {
    const output = new PassThrough()
    const stored = await drive.use().getStream(key)
    pipeline(stored, opening(this.purpose), output).catch((error) => output.destroy(error))
    return output
  }

  async discard(key: string) {
    await drive.use().delete(key)
  }
}
