import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** The algorithm that every key here is used with. */
export const CIPHER = 'aes-256-gcm'
export const IV_LENGTH = 12
export const TAG_LENGTH = 16

/** How many hexadecimal digits name a key. */
export const ID_LENGTH = 8

const LENGTH = 32

/** One secret of 32 bytes. Each purpose gets its own key derived from it, so that no two share one. */
export class DataKey {
  /** Names the key beside what it sealed, and reveals nothing about it. */
  readonly id: string
  #secret: Buffer
  #derived = new Map<string, KeyObject>()

  /** `encoded` is base64 or base64url. Throws for another length. */
  constructor(encoded: string) {
    this.#secret = Buffer.from(encoded, 'base64')
    if (this.#secret.length !== LENGTH) throw new Error('A data key has 32 bytes, in base64')
    this.id = createHash('sha256')
      .update('orchestrate data key ')
      .update(this.#secret)
      .digest('hex')
      .slice(0, ID_LENGTH)
  }

  /** The key for a purpose; with a salt, for one file of that purpose. */
  for(purpose: string, salt?: Buffer): KeyObject {
    if (salt) return this.#derive(purpose, salt)
    const known = this.#derived.get(purpose) ?? this.#derive(purpose, Buffer.alloc(0))
    this.#derived.set(purpose, known)
    return known
  }

  /** Wrapped as an object, because a cipher would otherwise create one from the bytes each time. */
  #derive(purpose: string, salt: Buffer) {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.#secret, salt, purpose, LENGTH)))
  }
}

/** Keys separated by commas or spaces. */
export function readKeys(encoded: string): DataKey[] {
  return encoded
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((one) => new DataKey(one))
}
