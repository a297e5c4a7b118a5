import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.mjs'
import { root } from './paths.mjs'

const REQUIRED = 24

/** The package that contains Node itself, on the platforms that have one. */
export const PINNED_PACKAGE = `node-${process.platform}-${process.arch}`

/** Whether the Node running this is recent enough for the app. */
export function runsHere() {
  return Number.parseInt(process.versions.node, 10) >= REQUIRED
}

/** The pinned Node in a folder with node_modules. */
export function pinnedNode(folder) {
  return join(folder, 'node_modules', PINNED_PACKAGE, 'bin/node')
}

/**
 * Runs the script on the pinned Node and exits with its code. PATH is no help here: npm computed it, and the shell may
 * have looked `node` up, before the pinned Node was installed.
 */
export function runElsewhere(entry, args) {
  const node = pinnedNode(root)
  if (!existsSync(node)) throw tooOld()

  const child = spawn(node, [fileURLToPath(entry), ...args], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}

/** The advice when there is no pinned Node for a platform. */
export function tooOld() {
  return new Failure(
    `Orchestrate runs on Node.js ${REQUIRED}; this is ${process.version}, and no pinned Node.js ` +
      `is available for ${process.platform}-${process.arch}.\n` +
      `Install Node.js ${REQUIRED} from https://nodejs.org (or: nvm install ${REQUIRED}) and try again.`
  )
}
