import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const BYTES = 32

/** A new secret in the form of the Standard Webhooks specification. */
export function newWebhookSecret() {
  return PREFIX + randomBytes(BYTES).toString('base64')
}

type Message = { id: string; timestamp: number; body: string }

/**
 * The headers by which a receiver recognises a message as ours: Standard Webhooks 1.0, symmetric signatures. There is
 * one for each secret that is valid now, so that a secret can be changed without losing a message.
 */
export function signedHeaders({ id, timestamp, body }: Message, secrets: string[]) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets
      .map((secret) => `v1,${sign(`${id}.${timestamp}.${body}`, secret)}`)
      .join(' '),
  }
}

function sign(content: string, secret: string) {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  return createHmac('sha256', key).update(content).digest('base64')
}
