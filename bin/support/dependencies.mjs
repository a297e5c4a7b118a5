import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { acquire } from './lock.mjs'
import { npm } from './npm.mjs'
import { root } from './paths.mjs'
import { eventually } from './processes.mjs'
import { PINNED_PACKAGE, pinnedNode, runsHere, tooOld } from './runtime.mjs'

const LOCK_FILE = join(root, 'package-lock.json')
const STAMP = join(root, 'node_modules/.installed')
const TURN = join(root, 'storage/install.lock')
const FIRST_NODE = join(root, 'storage/node')
const WAIT = 15 * 60_000

/** Installs exactly what package-lock.json says, unless that is already installed. */
export async function ensureDependencies() {
  if (isInstalled()) return

  const turn = await waitForTurn()
  try {
    if (!isInstalled()) await install()
  } finally {
    turn.release()
  }
}

function isInstalled() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
}

function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(LOCK_FILE))
    .update(process.platform + process.arch)
    .digest('hex')
}

async function waitForTurn() {
  let turn = take()
  if (turn.holder) console.log(`Waiting for process ${turn.holder.pid} to finish installing.`)
  await eventually(() => !turn.holder || !(turn = take()).holder, WAIT, 250)
  if (!turn.holder) return turn
  throw new Failure(`Process ${turn.holder.pid} is still installing; try again later.`)
}

function take() {
  try {
    return acquire(TURN)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error
    throw new Failure(notWritable())
  }
}

async function install() {
  console.log('Installing the dependencies (only the first time, and when they change) ...')
  rmSync(STAMP, { force: true })
  const node = runsHere() ? process.execPath : await fetchNode()
  await succeed(npm(node, ['ci', '--include=dev', '--engine-strict=false']))
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(STAMP, fingerprint())
  rmSync(FIRST_NODE, { recursive: true, force: true })
}

/**
 * Installs the pinned Node on its own, to install the rest with: npm leaves out optional packages that say they need a
 * newer Node than the one it runs on, and builds need some of them.
 */
async function fetchNode() {
  const { packages } = JSON.parse(readFileSync(LOCK_FILE, 'utf8'))
  const pinned = packages[`node_modules/${PINNED_PACKAGE}`]
  if (!pinned) throw tooOld()

  const folder = join(FIRST_NODE, pinned.version)
  if (existsSync(pinnedNode(folder))) return pinnedNode(folder)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const name = `${PINNED_PACKAGE}@${pinned.version}`
  await succeed(npm(process.execPath, ['install', '--no-save', '--prefix', folder, name]))
  return pinnedNode(folder)
}

async function succeed(running) {
  const { code, errors, signal } = await running
  if (signal) throw new Failure('The installation was interrupted.')
  if (code !== 0) throw new Failure(explain(errors))
}

function explain(errors) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(errors)) {
    return (
      'The dependencies could not be downloaded: the npm registry cannot be reached.\n' +
      'The first start needs the network (or a registry mirror set with `npm config`); ' +
      'later ones do not.'
    )
  }
  if (/EACCES|EPERM|EROFS/.test(errors)) return notWritable()
  return 'The dependencies could not be installed; npm says why above.'
}

function notWritable() {
  return `The dependencies cannot be written to ${root}; may this user write there?`
}
