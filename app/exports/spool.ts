import { createCipheriv, createDecipheriv, randomBytes, type CipherGCM } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { temporaryFolder } from '#exports/temporary_folder'

/**
 * Written once, read once, and kept on disk rather than in memory in between. It is encrypted with a key that only this
 * process ever holds, so that what a crash leaves behind is noise.
 */
export class Spool {
  #key = randomBytes(32)
  #iv = randomBytes(12)
  #cipher: CipherGCM
  #written: Promise<void>

  private constructor(private folder: string) {
    this.#cipher = createCipheriv('aes-256-gcm', this.#key, this.#iv)
    this.#written = pipeline(this.#cipher, createWriteStream(this.#path))
    this.#written.catch(() => {})
  }

  static async open() {
    return new Spool(await temporaryFolder())
  }

  get #path() {
    return join(this.folder, 'spool')
  }

  async write(text: string | Buffer) {
    if (this.#cipher.errored) throw this.#cipher.errored
    // Not raced against the end of writing: each race would stay in memory until then. A disk that fails
    // destroys the cipher, whose error ends the waiting.
    if (!this.#cipher.write(text)) await once(this.#cipher, 'drain')
  }

  /** What was written, once; nothing can be added after that. */
  async read(): Promise<Readable> {
    this.#cipher.end()
    await this.#written
    const decipher = createDecipheriv('aes-256-gcm', this.#key, this.#iv)
    decipher.setAuthTag(this.#cipher.getAuthTag())
    const output = new PassThrough()
    pipeline(createReadStream(this.#path), decipher, output).catch((error) => output.destroy(error))
    return output
  }

  async discard() {
    this.#cipher.destroy()
    await this.#written.catch(() => {})
    await rm(this.folder, { recursive: true, force: true })
  }
}
