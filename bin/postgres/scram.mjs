import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const ITERATIONS = 4096

/**
 * What PostgreSQL stores in place of a password. Computed here, so that the password itself stays out of the statement
 * and so out of the server's log.
 */
export function scramVerifier(password) {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const stored = createHash('sha256').update(keyed(salted, 'Client Key')).digest('base64')
  const server = keyed(salted, 'Server Key').toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${server}`
}

function keyed(secret, text) {
  return createHmac('sha256', secret).update(text).digest()
}
