import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Failure } from './failure.mjs'

/** The headless shell opens a page for a third of the computing. */
const WINDOWLESS = 'chromium-headless-shell'
const NAMES = [WINDOWLESS, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The browser of a run; what does not need it does not wait for it. */
export class Browser {
  #supervisor
  #fetched

  /** Whether it can be opened at once. */
  isThere = false

  constructor(supervisor) {
    this.#supervisor = supervisor
  }

  /** Its path, once it is there. */
  fetch() {
    this.#fetched ??= ensureChromium(this.#supervisor).then((path) => {
      this.isThere = true
      return path
    })
    return this.#fetched
  }
}

/** The browser for the browser tests: named by CHROMIUM_PATH, found, or installed. */
export async function ensureChromium(supervisor) {
  return findChromium() ?? (await install(supervisor))
}

function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named))
    throw new Failure(`There is no browser at CHROMIUM_PATH=${named}.`)

  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin')
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return named ?? [...found, ...PLACES].find((path) => existsSync(path))
}

async function install(supervisor) {
  if (process.getuid?.() !== 0 || !hasApt()) throw new Failure(missing())

  console.log('Installing Chromium for the browser tests ...')
  await apt(supervisor, ['update'])
  const isOffered = spawnSync('apt-cache', ['show', WINDOWLESS]).status === 0
  const wanted = [isOffered ? WINDOWLESS : 'chromium', 'fonts-liberation']
  await apt(supervisor, ['install', '-y', '--no-install-recommends', ...wanted])
  return findChromium() ?? fail()
}

/** Another apt may be running for a while, and a mirror may be down for a moment. */
const PATIENT = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3']

async function apt(supervisor, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: ['ignore', 'pipe', 'pipe'] }
  const { code, output } = await supervisor.run('apt-get', ['-qq', ...PATIENT, ...args], options)
  if (code !== 0) throw new Failure(`apt-get ${args.join(' ')} failed:\n${output}\n${missing()}`)
}

function hasApt() {
  return spawnSync('apt-get', ['--version']).status === 0
}

function fail() {
  throw new Failure(missing())
}

function missing() {
  return (
    'The browser tests need Chromium or Chrome, and none was found.\n' +
    'Install it (Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH.\n' +
    'Without a browser: npm test -- unit functional'
  )
}
