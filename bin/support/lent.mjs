import { join } from 'node:path'
import { holderOf } from './lock.mjs'
import { existingFolder, privateFile } from './state.mjs'

const LOCK = 'instance.lock'
const FILE = 'settings.json'

/** The lock that says that `npm start` or `npm run dev` runs on this folder. */
export function instanceLock(folder) {
  return join(folder, LOCK)
}

/**
 * Keeps the settings of what runs here beside its keys, for commands that are given none: only what the machine made up,
 * since they read a person's own from the environment and `.env` themselves.
 */
export function lendSettings(folder, settings) {
  privateFile(join(folder, FILE)).write(settings)
}

/** The settings of what `npm start` runs here; none where nothing runs, or where the command was given some. */
export function settingsOfInstance() {
  if (process.env.NODE_ENV || process.env.DATABASE_URL) return {}
  const folder = existingFolder('development')
  if (!folder || !holderOf(instanceLock(folder))) return {}
  return privateFile(join(folder, FILE)).read() ?? {}
}
