import { join } from 'node:path'
import { holderOf } from './lock.mjs'
import { existingFolder, privateFile } from './state.mjs'

const LOCK = 'instance.lock'
const FILE = 'settings.json'

/** The lock of a running `npm start` or `npm run dev` on this folder. */
export function instanceLock(folder) {
  return join(folder, LOCK)
}

/**
 * Stores the settings of the running instance beside its keys, for commands without any: only what the machine
 * generated, since they read a person's own from the environment and `.env` themselves.
 */
export function lendSettings(folder, settings) {
  privateFile(join(folder, FILE)).write(settings)
}

/**
 * The settings of the instance that `npm start` runs here; none when nothing runs, or when the command was given some.
 */
export function settingsOfInstance() {
  if (process.env.NODE_ENV || process.env.DATABASE_URL) return {}
  const folder = existingFolder('development')
  if (!folder || !holderOf(instanceLock(folder))) return {}
  return privateFile(join(folder, FILE)).read() ?? {}
}
