import { addressHash, addressHashes } from '#mails/address_hash'

/** How to reach the person, as they told us. Stored encrypted. */
export type Contact = { name: string; email: string | null; telephone?: string | null }

/** The key by which requests of one address are found without reading any. */
export function contactHash(email: string) {
  return addressHash('privacy requests', email)
}

/** The same under earlier keys too. */
export function contactHashes(email: string) {
  return addressHashes('privacy requests', email)
}
