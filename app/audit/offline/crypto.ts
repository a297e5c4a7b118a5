import { sha256 } from '@noble/hashes/sha2.js'

/**
 * The part of `node:crypto` that the verifier's modules use, for a browser. They hash and compare synchronously, which
 * WebCrypto cannot, so signatures are tried beforehand and looked up when asked for.
 */

type Key = { raw: Uint8Array<ArrayBuffer>; export: () => Uint8Array }

const RAW_LENGTH = 32
const tried = new Map<string, boolean>()

/** As in Node, for SHA-256 only. */
export function createHash() {
  const hash = sha256.create()
  return {
    update(data: string | Uint8Array) {
      hash.update(typeof data === 'string' ? new TextEncoder().encode(data) : data)
      return this
    },
    digest(encoding?: BufferEncoding) {
      const digest = Buffer.from(hash.digest())
      return encoding ? digest.toString(encoding) : digest
    },
  }
}

/** A public key by the bytes in which `keys` knows it. */
export function createPublicKey({ key }: { key: Uint8Array }): Key {
  return { raw: new Uint8Array(key.slice(-RAW_LENGTH)), export: () => key }
}

/** Tries a signature, so that `verify` can return the outcome. */
export async function trySignature(key: Key, text: string, signature: string) {
  const imported = await crypto.subtle.importKey('raw', key.raw, 'Ed25519', false, ['verify'])
  const [bytes, data] = [Buffer.from(signature, 'base64'), new TextEncoder().encode(text)]
  const isValid = await crypto.subtle.verify('Ed25519', imported, new Uint8Array(bytes), data)
  tried.set(nameOf(key, data, bytes), isValid)
}

/** The outcome of trying the signature earlier: browsers verify asynchronously. */
export function verify(_algorithm: null, data: Uint8Array, key: Key, signature: Uint8Array) {
  const isValid = tried.get(nameOf(key, data, signature))
  if (isValid === undefined) throw new Error('A signature was not tried')
  return isValid
}

function nameOf(key: Key, data: Uint8Array, signature: Uint8Array) {
  return [key.raw, data, signature].map((bytes) => bytes.join(',')).join(' ')
}

/** Nothing is signed here. */
export const createPrivateKey = () => {
  throw new Error('Private keys have no place in a verifier')
}
export const sign = createPrivateKey
