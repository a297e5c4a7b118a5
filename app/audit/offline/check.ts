/// <reference lib="dom" />
import '#audit/offline/bytes'
import { trySignature } from '#audit/offline/crypto'
import { ChosenFiles } from '#audit/offline/source'
import { anchorsIn } from '#audit/anchors'
import { verifyKeys, type VerifyKeys } from '#audit/keys'
import { PackVerifier } from '#audit/pack_verifier'
import { statement } from '#audit/rows'
import { TrailVerifier } from '#audit/trail_verifier'

export type Checked = PackVerifier | TrailVerifier

type Given = {
  /** Without any, everything is verified but the signatures. */
  publicKeys: string
  /** Seals that were noted earlier, as `number:hash`. */
  anchors: string
}

/** Verifies chosen files as the gate pack or the audit trail that they are. */
export async function check(chosen: File[], given: Given): Promise<Checked> {
  const files = await ChosenFiles.of(chosen)
  const Verifier = await verifierFor(files)
  const keys = given.publicKeys.trim() ? keysIn(given.publicKeys) : null
  const anchors = anchorsIn(given.anchors.split(/[\s,]+/).filter((word) => word !== ''))
  if (keys) await trySignatures(files, keys)
  return new Verifier(files).verify(keys, anchors)
}

async function verifierFor(files: ChosenFiles) {
  if (files.has('manifest.json')) {
    const { kind } = JSON.parse(await files.text('manifest.json'))
    if (kind === 'orchestrate audit export') return TrailVerifier
    if (kind === 'orchestrate gate pack export') return PackVerifier
    throw new Error('It is another export: unpack it, and choose the audit.ndjson in it')
  }
  if (files.has('audit.ndjson')) return TrailVerifier
  throw new Error(
    'It is neither a gate pack nor an audit trail: choose the ZIP as it came, or its whole folder'
  )
}

function keysIn(publicKeys: string) {
  try {
    return verifyKeys(publicKeys)
  } catch {
    throw new Error('The public keys are not in base64, as the organisation publishes them')
  }
}

async function trySignatures(files: ChosenFiles, keys: VerifyKeys) {
  for await (const line of files.lines('audit.ndjson')) {
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
    'This browser cannot check Ed25519 signatures. Leave the keys out, or use the verifier for Node.js.'
  )
}
