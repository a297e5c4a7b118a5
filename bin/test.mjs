/**
 * `npm test`: every check and every suite against a database of its own, ending with one line
 * `N passed, N failed`. `npm test -- functional --files=raid` passes its arguments to
 * `node ace.js test` and leaves the code checks out.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from './postgres/database.mjs'
import { ace } from './support/ace.mjs'
import { assetsAreCurrent, buildAssets } from './support/assets.mjs'
import { CHECKS, runCheck } from './support/checks.mjs'
import { ensureChromium } from './support/chromium.mjs'
import { Failure } from './support/failure.mjs'
import { acquire } from './support/lock.mjs'
import { root } from './support/paths.mjs'
import { freePort } from './support/ports.mjs'
import { secrets } from './support/secrets.mjs'
import { stateFolder } from './support/state.mjs'
import { Supervisor } from './support/supervisor.mjs'
import { Tally } from './support/tally.mjs'

const args = process.argv.slice(2)
const folder = stateFolder('test')
const tallyFile = join(folder, 'tally.json')
const supervisor = new Supervisor()
const tally = new Tally()

await supervisor.main(
  async () => {
    claim()
    const env = await environment()
    await count('database', () => migrate(env))
    await count('assets', () => build(env))
    if (args.length === 0) await checks(env)
    await suites(env)
    await supervisor.endAll()
    return tally.close()
  },
  { interrupted: 130 }
)

function claim() {
  const { holder } = acquire(join(folder, 'test.lock'))
  if (holder) throw new Failure(`npm test already runs here (process ${holder.pid}).`)
}

async function environment() {
  const port = String(await freePort())
  return {
    ...process.env,
    ...secrets(folder),
    ...(await databaseUrls()),
    ...(needsBrowser() ? { CHROMIUM_PATH: await ensureChromium(supervisor) } : {}),
    NODE_ENV: 'test',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    PORT: port,
    APP_URL: `http://127.0.0.1:${port}`,
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    TALLY_FILE: tallyFile,
  }
}

/** Never the database that DATABASE_URL names: tests empty theirs. */
async function databaseUrls() {
  const own = { DATABASE_URL: process.env.TEST_DATABASE_URL }
  const { urls, admin } = await openDatabase({ supervisor, folder, own, throwaway: true })
  return { ...urls, DATABASE_ADMIN_URL: inDatabase(admin, urls.DATABASE_URL) }
}

/** The administrator's way into the tests' own database. */
function inDatabase(admin, application) {
  const url = new URL(admin)
  url.pathname = new URL(application).pathname
  return url.href
}

/** Suites named on the command line may do without one. */
function needsBrowser() {
  const suites = args.filter((arg) => /^[a-z]/.test(arg))
  return args.length === 0 || suites.length === 0 || suites.includes('browser')
}

function migrate(env) {
  return ace(supervisor, ['migration:run', '--force', '--connection=owner'], env)
}

function build(env) {
  if (args.length > 0 && assetsAreCurrent()) return { code: 0 }
  return buildAssets(supervisor, { ...env, NODE_ENV: 'production' })
}

async function checks(env) {
  for (const check of CHECKS) await count(check.name, () => runCheck(supervisor, check, env))
}

async function suites(env) {
  rmSync(tallyFile, { force: true })
  const { code } = await supervisor.launch(process.execPath, ['ace.js', 'test', ...args], {
    cwd: root,
    env,
  }).ended
  tally.suites(tallyFile, code)
}

async function count(name, step) {
  const started = performance.now()
  const result = await step()
  tally.check(name, result, (performance.now() - started) / 1000)
}
