/// <reference lib="dom" />
import '#audit/offline/bytes'
import { trySignature } from '#audit/offline/crypto'
import { ChosenPack } from '#audit/offline/source'
import { verifyKeys, type VerifyKeys } from '#audit/keys'
import { PackVerifier } from '#audit/pack_verifier'
import { statement } from '#audit/rows'

/** Verifies chosen files as a pack; without public keys all but the signatures. */
export async function checkPack(chosen: File[], publicKeys: string): Promise<PackVerifier> {
  const pack = await ChosenPack.of(chosen)
  if (!pack.has('manifest.json')) {
    throw new Error('There is no manifest.json in it: choose the ZIP of a gate pack, or its folder')
  }
  const keys = publicKeys.trim() ? keysIn(publicKeys) : null
  if (keys) await trySignatures(pack, keys)
  return new PackVerifier(pack).verify(keys)
}

function keysIn(publicKeys: string) {
  try {
    return verifyKeys(publicKeys)
  } catch {
    throw new Error('The public keys are not in base64, as the organisation publishes them')
  }
}

async function trySignatures(pack: ChosenPack, keys: VerifyKeys) {
  for await (const line of pack.lines('audit.ndjson')) {
    const row = line === '' ? {} : JSON.parse(line)
    if (row.kind !== 'seal') continue
    for (const { keyId, signature } of row.signatures) {
      const key: any = keys.get(keyId)
      if (key) await trySignature(key, statement(row), signature).catch(refuse)
    }
  }
}

function refuse(error: unknown): never {
  if ((error as Error).name !== 'NotSupportedError') throw error
  throw new Error(
    'This browser cannot check Ed25519 signatures. Leave the keys out, or use verify-pack.mjs.'
  )
}
