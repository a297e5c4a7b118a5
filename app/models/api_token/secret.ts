import { digestOf, isToken, newToken } from '#models/invitation/token'

/** Tells people, and scanners for leaked secrets, what kind of token they found. */
const KINDS = { personal: 'orch_pat_', service: 'orch_svc_' } as const
const SHOWN = 4

type TokenKind = keyof typeof KINDS

/** A new secret: told once, kept as its digest and by the few characters that tell it from others. */
export function newSecret(kind: TokenKind) {
  const secret = KINDS[kind] + newToken().token
  return { secret, digest: digestOf(secret), prefix: secret.slice(0, KINDS[kind].length + SHOWN) }
}

/** What is kept of a secret; null for what is none. */
export function digestOfSecret(secret: string) {
  const prefix = Object.values(KINDS).find((kind) => secret.startsWith(kind))
  return prefix && isToken(secret.slice(prefix.length)) ? digestOf(secret) : null
}
