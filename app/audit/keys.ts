import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')
const RAW_LENGTH = 32

/** Public keys by id. */
export type VerifyKeys = Map<string, KeyObject>

/** The key that signs seals. It stays outside the database, whose owner it keeps honest. */
export class SigningKey {
  readonly id: string
  readonly publicKey: string
  #key: KeyObject

  /** `encoded` is base64 of PKCS8 DER or of the bare 32-byte seed. */
  constructor(encoded: string) {
    const bytes = Buffer.from(encoded, 'base64')
    const der = bytes.length === RAW_LENGTH ? Buffer.concat([PKCS8_ED25519, bytes]) : bytes
    this.#key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    if (this.#key.asymmetricKeyType !== 'ed25519') throw new Error('The audit key is not Ed25519')
    const counterpart = createPublicKey(this.#key)
    this.id = keyId(counterpart)
    this.publicKey = rawKey(counterpart).toString('base64')
  }

  sign(text: string): Buffer {
    return sign(null, Buffer.from(text, 'utf8'), this.#key)
  }
}

/** Reads base64 public keys (bare 32 bytes or SPKI DER), divided by commas or spaces. */
export function verifyKeys(encoded: string): VerifyKeys {
  const keys = encoded
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(publicKey)
  return new Map(keys.map((key) => [keyId(key), key]))
}

/** Public keys as verifyKeys() reads them. */
export function encodeKeys(keys: VerifyKeys): string {
  return [...keys.values()].map((key) => rawKey(key).toString('base64')).join(',')
}

/** True when `signature` (base64) over `text` was made with the key. */
export function verifySignature(key: KeyObject, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
}

function publicKey(encoded: string): KeyObject {
  const bytes = Buffer.from(encoded, 'base64')
  const der = bytes.length === RAW_LENGTH ? Buffer.concat([SPKI_ED25519, bytes]) : bytes
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' })
  } catch {
    throw new Error(`“${encoded}” is no public key: give the keys themselves, in base64`)
  }
}

function keyId(key: KeyObject): string {
  return createHash('sha256').update(rawKey(key)).digest('hex').slice(0, 16)
}

function rawKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-RAW_LENGTH)
}
