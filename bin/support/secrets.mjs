import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { privateFile } from './state.mjs'

const RECIPES = {
  APP_KEY: () => randomBytes(32).toString('base64url'),
  DATA_KEY: () => randomBytes(32).toString('base64url'),
  AUDIT_SIGNING_KEY: () =>
    generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
}

/**
 * The keys the app needs, generated once and kept, because sessions and audit seals made with them must stay valid.
 * Production is given its keys and never comes here.
 */
export function secrets(folder) {
  const file = privateFile(join(folder, 'secrets.json'))
  const kept = file.read() ?? {}
  const missing = Object.keys(RECIPES).filter((name) => !kept[name])
  if (missing.length === 0) return kept

  missing.forEach((name) => (kept[name] = RECIPES[name]()))
  return file.write(kept)
}
