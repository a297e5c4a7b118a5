import encryption from '@adonisjs/core/services/encryption'

const SEALED_FOR = '1 hour'

/** A secret that can be kept in a session for a while: the database alone cannot open it. */
export function seal(value: unknown, purpose: string): string {
  return encryption.encrypt(value, { purpose, expiresIn: SEALED_FOR })
}

/** What was sealed for this purpose; null for anything else, and once it has expired. */
export function unseal<T>(sealed: unknown, purpose: string): T | null {
  return typeof sealed === 'string' ? encryption.decrypt<T>(sealed, purpose) : null
}
