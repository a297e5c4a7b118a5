/**
 * `npm test`: every check and every suite against a database of its own, ending with one line
 * `N passed, N failed`. `npm test -- functional --files=raid` passes its arguments to
 * `bin/test.ts` and leaves the code checks out.
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
const supervisor = new Supervisor()
const tally = new Tally()

/**
 * What runs side by side. Each lane has a database server of its own, because an open transaction anywhere
 * on a server holds back the audit seals of all its databases.
 */
const LANES = [
  { name: 'main', suites: ['unit', 'functional', 'commands'] },
  { name: 'browser', suites: ['erasure', 'browser'], checks: true },
]

await supervisor.main(
  async () => {
    claim()
    const shared = await sharedEnvironment()
    await count('assets', () => build(shared))
    await Promise.all(lanes().map((lane) => run(lane, shared)))
    await supervisor.endAll()
    return tally.close()
  },
  { interrupted: 130 }
)

function claim() {
  const { holder } = acquire(join(folder, 'test.lock'))
  if (holder) throw new Failure(`npm test already runs here (process ${holder.pid}).`)
}

/** One lane for what the command line names; one as well where the tests are given a server to use. */
function lanes() {
  if (args.length > 0) return [{ name: 'main', suites: args }]
  if (process.env.TEST_DATABASE_URL) return [{ name: 'main', suites: [], checks: true }]
  return LANES
}

async function sharedEnvironment() {
  return {
    ...process.env,
    ...secrets(folder),
    ...(needsBrowser() ? { CHROMIUM_PATH: await ensureChromium(supervisor) } : {}),
    NODE_ENV: 'test',
    // All tests come from one address; those of the limits switch them on.
    RATE_LIMITS: 'off',
    TZ: 'UTC',
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
  }
}

/** Suites named on the command line may do without one. */
function needsBrowser() {
  const suites = args.filter((arg) => /^[a-z]/.test(arg))
  return args.length === 0 || suites.length === 0 || suites.includes('browser')
}

async function build(env) {
  if (args.length > 0 && assetsAreCurrent()) return { code: 0 }
  return buildAssets(supervisor, { ...env, ...(await address()), NODE_ENV: 'production' })
}

async function run(lane, shared) {
  const stores = {
    FILES_PATH: join(folder, lane.name, 'files'),
    ERASURE_TOMBSTONES: join(folder, lane.name, 'erasures.ndjson'),
  }
  // The database is new, so it knows nothing of what was erased in the one before.
  rmSync(stores.ERASURE_TOMBSTONES, { force: true })
  const env = { ...shared, ...(await address()), ...(await databaseUrls(lane)), ...stores }
  await count(`database of ${lane.name}`, () => migrate(env))
  if (lane.checks) await checks(env)
  await suites(lane, env)
}

async function address() {
  const port = String(await freePort())
  return { HOST: '127.0.0.1', PORT: port, APP_URL: `http://127.0.0.1:${port}` }
}

/** Never the database that DATABASE_URL names: tests empty theirs. */
async function databaseUrls({ name }) {
  const own = { DATABASE_URL: process.env.TEST_DATABASE_URL }
  const place = join(folder, name)
  const { urls, admin } = await openDatabase({ supervisor, folder: place, own, throwaway: true })
  return { ...urls, DATABASE_ADMIN_URL: inDatabase(admin, urls.DATABASE_URL) }
}

/** The administrator's way into the tests' own database. */
function inDatabase(admin, application) {
  const url = new URL(admin)
  url.pathname = new URL(application).pathname
  return url.href
}

function migrate(env) {
  return ace(supervisor, ['migration:run', '--force', '--connection=owner'], env)
}

async function checks(env) {
  for (const check of CHECKS) await count(check.name, () => runCheck(supervisor, check, env))
}

/** Lanes that run side by side print one after the other. */
async function suites({ name, suites: named }, env) {
  const tallyFile = join(folder, `${name}.tally.json`)
  rmSync(tallyFile, { force: true })
  const alone = lanes().length === 1 || name === 'main'
  const runner = ['--import=./bin/support/typescript.mjs', 'bin/test.ts', ...named]
  const { code, output } = await supervisor.run(process.execPath, runner, {
    cwd: root,
    env: { ...env, TALLY_FILE: tallyFile },
    ...(alone ? {} : { stdio: ['ignore', 'pipe', 'pipe'] }),
  })
  if (!alone) console.log(output)
  tally.suites(tallyFile, code)
}

async function count(name, step) {
  const started = performance.now()
  const result = await step()
  tally.check(name, result, (performance.now() - started) / 1000)
}
