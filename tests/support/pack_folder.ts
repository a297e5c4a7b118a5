import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import db from '@adonisjs/lucid/services/db'
import { sealOrganisation } from '#audit/sealer'
import { AuditLab } from '#tests/support/audit_lab'
import { unpack } from '#tests/support/unzip'

const { key } = new AuditLab()

/** The public key under which `sealTrail` signs. */
export const publicKey = key.publicKey

/** Seals what an organisation has done so far, as the worker does every few seconds. */
export function sealTrail(organisationId: string) {
  return sealOrganisation(db.connection('sealer') as any, key, organisationId)
}

/** Puts the files of a pack into a folder that is deleted when `work` is done. */
export async function inFolder<T>(
  files: Map<string, Buffer>,
  work: (folder: string) => Promise<T>
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'verify-pack-'))
  try {
    await unpack(files, folder)
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Runs a pack's own verifier, from another folder, and returns its exit code and output. */
export async function verifyPack(folder: string, keys = [publicKey]) {
  const script = [join(folder, 'verify-pack.mjs'), folder, ...keys]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: tmpdir() })
    return { code: 0, output: stdout }
  } catch (error: any) {
    return { code: error.code as number, output: error.stdout + error.stderr }
  }
}
