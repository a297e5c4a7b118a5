import { createHmac } from 'node:crypto'
import { mailSettings } from '#config/mail'

/** An address as it may be compared without being read. A hash for one purpose says nothing for another. */
export function addressHash(purpose: string, email: string) {
  return createHmac('sha256', `${purpose} ${mailSettings.suppressionKey}`)
    .update(email.trim().toLowerCase())
    .digest()
}
