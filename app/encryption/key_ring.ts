import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { dataKeys } from '#config/data_keys'
import { CIPHER, DataKey, ID_LENGTH, IV_LENGTH, readKeys, TAG_LENGTH } from '#encryption/data_key'

const FORM = new RegExp(`^s1\\.([0-9a-f]{${ID_LENGTH}})\\.([\\w-]+)$`)

/** Sealed under a key that is no longer in the ring, or not sealed by us at all. */
export class NotOpened extends Error {}

/**
 * Seals texts with the current key and opens what any of its keys sealed. A sealed text reads
 * `s1.<key>.<iv, ciphertext and tag>` and is bound to its purpose, so that none can pass for another.
 */
export class KeyRing {
  readonly current: DataKey
  #keys: Map<string, DataKey>

  constructor(current: DataKey, previous: DataKey[] = []) {
    this.current = current
    this.#keys = new Map([...previous, current].map((key) => [key.id, key]))
  }

  seal(text: string, purpose: string): string {
    const iv = randomBytes(IV_LENGTH)
    const cipher = createCipheriv(CIPHER, this.current.for(purpose), iv)
    cipher.setAAD(Buffer.from(purpose))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
    return `s1.${this.current.id}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')}`
  }

  /** Throws NotOpened for an unknown key, another purpose, or anything altered. */
  open(sealed: string, purpose: string): string {
    const [, id, body] = sealed.match(FORM) ?? []
    const bytes = Buffer.from(body ?? '', 'base64url')
    if (bytes.length < IV_LENGTH + TAG_LENGTH) throw new NotOpened(`${purpose} is not sealed`)
    const key = this.keyNamed(id).for(purpose)
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_LENGTH))
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_LENGTH))
    try {
      const text = decipher.update(bytes.subarray(IV_LENGTH, -TAG_LENGTH))
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    } catch {
      throw new NotOpened(`${purpose} was altered, or sealed for something else`)
    }
  }

  /** A key of the ring by its id. Throws NotOpened for one that is gone. */
  keyNamed(id: string): DataKey {
    const key = this.#keys.get(id)
    if (key) return key
    throw new NotOpened(`The key ${id} is not in the ring: add it to DATA_KEYS_PREVIOUS`)
  }
}

/** Whether a value was sealed by a ring, with whichever key. */
export function isSealed(value: unknown): value is string {
  return typeof value === 'string' && FORM.test(value)
}

let made: KeyRing | undefined

/** The ring of the settings. */
export function ring(): KeyRing {
  return (made ??= new KeyRing(new DataKey(dataKeys.current), readKeys(dataKeys.previous)))
}

/** Lets a test rotate the keys. */
export function useRing(given: KeyRing | undefined) {
  made = given
}
