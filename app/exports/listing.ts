import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ZippedFile } from '#exports/zip'

/** The files of an archive with their sizes and hashes, collected as they pass. */
export class Listing {
  readonly files: { path: string; size: number; sha256: string }[] = []

  /** A file is listed once it has been read to its end. */
  add(path: string, content: string | Readable): ZippedFile {
    const chunks = typeof content === 'string' ? [Buffer.from(content, 'utf8')] : content
    return { path, content: Readable.from(this.#hashed(path, chunks), { objectMode: false }) }
  }

  async *#hashed(path: string, chunks: Iterable<Buffer> | AsyncIterable<Buffer>) {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
    this.files.push({ path, size, sha256: hash.digest('hex') })
  }
}
