import { digestOf, isToken, newToken } from '#models/invitation/token'

/** Tells people, and scanners for leaked secrets, what kind of token they found. */
const KINDS = { personal: 'orch_pat_', service: 'orch_svc_' } as const
const SHOWN = 4

type TokenKind = keyof typeof KINDS

/** A new secret: shown once, stored as its digest with the few characters that distinguish it. */
export function newSecret(kind: TokenKind) {
  const secret = KINDS[kind] + newToken().token
  return { secret, digest: digestOf(secret), prefix: secret.slice(0, KINDS[kind].length + SHOWN) }
}

/** The stored form of a secret; null for anything else. */
export function digestOfSecret(secret: string) {
  const prefix = Object.values(KINDS).find((kind) => secret.startsWith(kind))
  return prefix && isToken(secret.slice(prefix.length)) ? digestOf(secret) : null
}
