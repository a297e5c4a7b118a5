import { createHash } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'

/** Passes bytes through, counting and hashing them. */
export class Measured extends Transform {
  #hash = createHash('sha256')
  #bytes = 0

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
    this.#hash.update(chunk)
    this.#bytes += chunk.length
    done(null, chunk)
  }

  /** Once, when everything has passed. */
  result() {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }
}
