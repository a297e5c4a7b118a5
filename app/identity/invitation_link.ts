import encryption from '@adonisjs/core/services/encryption'
import { appUrl } from '#config/app'

const PURPOSE = 'invitation'
const SEALED_FOR = '1 hour'

/** The address that answers an invitation, for its mail and for the inviter to hand on. */
export function invitationUrl(token: string) {
  return new URL(`/join/${token}`, appUrl).href
}

/** Something secret as it may lie in a session for a while: the database alone cannot open it. */
export function seal(value: unknown): string {
  return encryption.encrypt(value, { purpose: PURPOSE, expiresIn: SEALED_FOR })
}

/** What was sealed; null for anything else, and once its time is over. */
export function unseal<T>(sealed: unknown): T | null {
  return typeof sealed === 'string' ? encryption.decrypt<T>(sealed, PURPOSE) : null
}

/** Enough of an address for its owner to know it by: `m•••@demo.example`. */
export function maskedEmail(email: string) {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
