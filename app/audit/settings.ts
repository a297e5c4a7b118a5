import env from '#start/env'
import { encodeKeys, SigningKey, verifyKeys, type VerifyKeys } from '#audit/keys'

/** The key that signs seals. Throws without AUDIT_SIGNING_KEY. */
export function signingKey(): SigningKey {
  const encoded = env.get('AUDIT_SIGNING_KEY')
  if (!encoded) throw new Error('AUDIT_SIGNING_KEY is not set: seals must be signed')
  return new SigningKey(encoded)
}

/** The keys whose signatures count: today's and the retired ones in AUDIT_VERIFY_KEYS. */
export function trustedKeys(): VerifyKeys {
  const encoded = env.get('AUDIT_SIGNING_KEY')
  const current = encoded ? new SigningKey(encoded).publicKey : ''
  const keys = verifyKeys(`${current},${env.get('AUDIT_VERIFY_KEYS') ?? ''}`)
  if (keys.size === 0) throw new Error('No key to verify with: set AUDIT_VERIFY_KEYS')
  return keys
}

/** Those keys as verifiers ask for them; null where this process knows none. */
export function publicKeys(): string | null {
  try {
    return encodeKeys(trustedKeys())
  } catch {
    return null
  }
}
