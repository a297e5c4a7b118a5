import { addressHash, addressHashes } from '#mails/address_hash'

/** How the person is reached, as they told us. Kept encrypted. */
export type Contact = { name: string; email: string | null; telephone?: string | null }

/** By which requests of one address are found without reading any. */
export function contactHash(email: string) {
  return addressHash('privacy requests', email)
}

/** The same, as earlier keys made it too. */
export function contactHashes(email: string) {
  return addressHashes('privacy requests', email)
}
