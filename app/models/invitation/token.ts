import { createHash, randomBytes } from 'node:crypto'

const BYTES = 32
const TOKEN = /^[\w-]{43}$/

/** A secret for one link. It is shown once and never stored: only its digest is. */
export function newToken() {
  const token = randomBytes(BYTES).toString('base64url')
  return { token, digest: digestOf(token) }
}

/** The stored form of a token. */
export function digestOf(token: string) {
  return createHash('sha256').update(token).digest()
}

/** Whether a text has the form of a token: nothing else is looked up. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && TOKEN.test(text)
}
