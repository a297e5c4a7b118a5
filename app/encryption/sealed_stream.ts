import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { CIPHER, ID_LENGTH, IV_LENGTH, TAG_LENGTH } from '#encryption/data_key'
import { NotOpened, ring } from '#encryption/key_ring'

const MAGIC = Buffer.from('ORCHSEAL')
const SALT_LENGTH = 32
const HEADER_LENGTH = MAGIC.length + ID_LENGTH + SALT_LENGTH
const CHUNK = 64 * 1024

/**
 * Seals a file of any length in constant memory. It begins with the id of its key and a salt, which give it
 * a key of its own; its parts are counted and the last one is marked, so that none can be left out, moved
 * or cut off without being noticed.
 */
export function sealing(purpose: string): Transform {
  const { current } = ring()
  const salt = randomBytes(SALT_LENGTH)
  const key = current.for(purpose, salt)
  const parts = new Parts(CHUNK, (part, number, isLast) => {
    const cipher = createCipheriv(CIPHER, key, nonce(number, isLast))
    return Buffer.concat([cipher.update(part), cipher.final(), cipher.getAuthTag()])
  })
  parts.push(Buffer.concat([MAGIC, Buffer.from(current.id), salt]))
  return parts
}

/** Opens such a file. Ends with NotOpened for an unknown key, another purpose, or anything altered or cut off. */
export function opening(purpose: string): Transform {
  let key: KeyObject
  return new Parts(
    CHUNK + TAG_LENGTH,
    (part, number, isLast) => {
      if (part.length < TAG_LENGTH) throw new NotOpened('A sealed file was cut off')
      const decipher = createDecipheriv(CIPHER, key, nonce(number, isLast))
      decipher.setAuthTag(part.subarray(-TAG_LENGTH))
      const text = decipher.update(part.subarray(0, -TAG_LENGTH))
      try {
        return Buffer.concat([text, decipher.final()])
      } catch {
        throw new NotOpened('A sealed file was altered, cut off, or sealed for something else')
      }
    },
    (header) => (key = keyIn(header, purpose))
  )
}

function keyIn(header: Buffer, purpose: string) {
  if (!header.subarray(0, MAGIC.length).equals(MAGIC))
    throw new NotOpened('This file is not sealed')
  const id = header.subarray(MAGIC.length, MAGIC.length + ID_LENGTH).toString('latin1')
  return ring().keyNamed(id).for(purpose, header.subarray(-SALT_LENGTH))
}

/** The number of a part in four bytes and whether it is the last in one, as STREAM lays them: at the end. */
function nonce(number: number, isLast: boolean) {
  const iv = Buffer.alloc(IV_LENGTH)
  iv.writeUInt32BE(number, IV_LENGTH - 5)
  iv.writeUInt8(isLast ? 1 : 0, IV_LENGTH - 1)
  return iv
}

type Turn = (part: Buffer, number: number, isLast: boolean) => Buffer

/** Cuts a stream into parts of one size; the last is known as such only when the stream ends. */
class Parts extends Transform {
  #held: Buffer[] = []
  #size = 0
  #number = 0
  #isHeadRead: boolean

  constructor(
    private length: number,
    private turn: Turn,
    private head?: (header: Buffer) => void
  ) {
    super()
    this.#isHeadRead = head === undefined
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
    this.#held.push(chunk)
    this.#size += chunk.length
    try {
      this.#readHead()
      while (this.#isHeadRead && this.#size > this.length) this.#turnNext(this.length, false)
      done()
    } catch (error) {
      done(error as Error)
    }
  }

  override _flush(done: TransformCallback) {
    try {
      if (!this.#isHeadRead) throw new NotOpened('A sealed file was cut off')
      this.#turnNext(this.#size, true)
      done()
    } catch (error) {
      done(error as Error)
    }
  }

  #readHead() {
    if (this.#isHeadRead || this.#size < HEADER_LENGTH) return
    this.head!(this.#take(HEADER_LENGTH))
    this.#isHeadRead = true
  }

  #turnNext(length: number, isLast: boolean) {
    this.push(this.turn(this.#take(length), this.#number++, isLast))
  }

  #take(length: number) {
    const all = this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held)
    this.#held = [all.subarray(length)]
    this.#size = all.length - length
    return all.subarray(0, length)
  }
}
