import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure } from './failure.mjs'
import { settingsOfInstance } from './lent.mjs'
import { root } from './paths.mjs'
import { runElsewhere, runsHere } from './runtime.mjs'

/**
 * Runs one command of `node ace.js` on the Node that the app needs. Without settings of its own it works on the
 * instance that `npm start` runs here.
 */
export async function runCommand(args) {
  if (!existsSync(join(root, 'node_modules'))) {
    throw new Failure('Nothing is installed here yet. Run npm start or npm ci first.')
  }
  if (!runsHere()) return runElsewhere(pathToFileURL(join(root, 'ace.js')), args)

  for (const [name, value] of Object.entries(settingsOfInstance())) process.env[name] ??= value
  await import('./typescript.mjs')
  await import('../console.js')
}
