import { createHmac } from 'node:crypto'
import { mailSettings } from '#config/mail'

/** An address in a form that can be compared but not read. A hash for one purpose reveals nothing for another. */
export function addressHash(purpose: string, email: string) {
  return addressHashes(purpose, email)[0]
}

/** The same under earlier keys too, for finding it: the current one first. */
export function addressHashes(purpose: string, email: string): Buffer[] {
  return mailSettings.suppressionKeys.map((key) =>
    createHmac('sha256', `${purpose} ${key}`).update(email.trim().toLowerCase()).digest()
  )
}
