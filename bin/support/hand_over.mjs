import { fileURLToPath } from 'node:url'
import { ensureDependencies } from './dependencies.mjs'
import { runsHere, runElsewhere } from './runtime.mjs'

/**
 * Runs `bin/<script>.mjs` with its dependencies installed, in this process when its Node will do
 * and otherwise in a child that runs the Node pinned in package.json.
 */
export async function handOver(script, args) {
  await ensureDependencies()

  const entry = new URL(`../${script}.mjs`, import.meta.url)
  if (!runsHere()) return runElsewhere(entry, args)

  process.argv.splice(1, 2, fileURLToPath(entry))
  await import(entry.href)
}
