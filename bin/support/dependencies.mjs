import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Failure } from './failure.mjs'
import { acquire } from './lock.mjs'
import { root } from './paths.mjs'
import { eventually } from './processes.mjs'

const STAMP = join(root, 'node_modules/.installed')
const LOCK = join(root, 'storage/install.lock')
const WAIT = 15 * 60_000

/** Installs exactly what package-lock.json says, unless that is what is installed already. */
export async function ensureDependencies() {
  if (isInstalled()) return

  const lock = await waitForTurn()
  try {
    if (!isInstalled()) await install()
  } finally {
    lock.release()
  }
}

function isInstalled() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
}

function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex')
}

async function waitForTurn() {
  let lock = acquire(LOCK)
  if (lock.holder) console.log(`Waiting for the installation that process ${lock.holder.pid} runs.`)
  await eventually(() => !lock.holder || !(lock = acquire(LOCK)).holder, WAIT, 250)
  if (lock.holder)
    throw new Failure(`Process ${lock.holder.pid} is still installing; try again later.`)
  return lock
}

async function install() {
  console.log('Installing the dependencies (only the first time, and when they change) ...')
  rmSync(STAMP, { force: true })
  const { code, errors } = await npmCi()
  if (code !== 0) throw new Failure(explain(errors))

  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(STAMP, fingerprint())
}

function npmCi() {
  const [command, ...args] = npm()
  const flags = ['ci', '--include=dev', '--prefer-offline', '--engine-strict=false']
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const child = spawn(command, [...args, ...flags, ...quiet], {
    cwd: root,
    env: cleanEnvironment(),
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  return outcome(child)
}

/** The npm that runs us, on our own Node; another package manager's path would not understand. */
function npm() {
  const running = process.env.npm_execpath
  if (running && basename(running) === 'npm-cli.js') return [process.execPath, running]
  return ['npm']
}

/** What npm tells its scripts would make a second npm believe that it is one of them. */
function cleanEnvironment() {
  const scripted = /^npm_(lifecycle|package|command|node_execpath|execpath)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !scripted.test(name)))
}

function outcome(child) {
  let errors = ''
  const stop = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  signals.forEach((name) => process.on(name, stop))
  child.stderr.on('data', (chunk) => {
    errors += chunk
    process.stderr.write(chunk)
  })

  return new Promise((resolve, reject) => {
    child.on('error', (error) =>
      reject(new Failure(`npm could not be started (${error.code}); is it installed and on PATH?`))
    )
    child.on('close', (code, signal) => {
      signals.forEach((name) => process.off(name, stop))
      if (signal) process.exit(1)
      resolve({ code, errors })
    })
  })
}

function explain(errors) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(errors)) {
    return (
      'The dependencies could not be downloaded: the npm registry cannot be reached.\n' +
      'The first start needs the network (or a registry mirror set with `npm config`); ' +
      'later ones do not.'
    )
  }
  if (/EACCES|EPERM|EROFS/.test(errors)) {
    return `The dependencies could not be written to ${root}; may this user write there?`
  }
  return 'The dependencies could not be installed; npm says why above.'
}
