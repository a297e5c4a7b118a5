import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.mjs'
import { root } from './paths.mjs'

const REQUIRED = 24
const PINNED = join(root, 'node_modules/.bin/node')

/** Whether the Node running this is recent enough for the app. */
export function runsHere() {
  return parseInt(process.versions.node, 10) >= REQUIRED
}

/**
 * Runs the script on the pinned Node and leaves with its exit code. PATH is no help here: npm
 * computed it, and the shell may have looked `node` up, before the pinned Node was installed.
 */
export function runElsewhere(entry, args) {
  if (!existsSync(PINNED)) throw new Failure(missing())

  const child = spawn(PINNED, [fileURLToPath(entry), ...args], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}

function missing() {
  return (
    `Orchestrate runs on Node.js ${REQUIRED}; this is ${process.version}, and no pinned Node.js ` +
    `is available for ${process.platform}-${process.arch}.\n` +
    `Install Node.js ${REQUIRED} from https://nodejs.org (or: nvm install ${REQUIRED}) and try again.`
  )
}
