import { createHmac } from 'node:crypto'
import { mailSettings } from '#config/mail'

/** An address as it may be compared without being read. A hash for one purpose says nothing for another. */
export function addressHash(purpose: string, email: string) {
  return addressHashes(purpose, email)[0]
}

/** The same as earlier keys made it too, for whoever looks for it: the one in use first. */
export function addressHashes(purpose: string, email: string): Buffer[] {
  return mailSettings.suppressionKeys.map((key) =>
    createHmac('sha256', `${purpose} ${key}`).update(email.trim().toLowerCase()).digest()
  )
}
