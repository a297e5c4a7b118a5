/**
 * `npm test`: every check and every suite in lanes that run side by side, ending with one line
 * `N passed, N failed`. `npm test -- functional --files='raid/*'` passes its arguments to
 * `bin/test.ts` and leaves the code checks out.
 */
import { rmSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { assetsAreCurrent, buildAssets } from './support/assets.mjs'
import { runCheck } from './support/checks.mjs'
import { Browser } from './support/chromium.mjs'
import { Failure } from './support/failure.mjs'
import { Lane } from './support/lane.mjs'
import { acquire } from './support/lock.mjs'
import { root } from './support/paths.mjs'
import { freePort } from './support/ports.mjs'
import { overdueReviews, readReviews, tellOverdue } from './support/reviews.mjs'
import { secrets } from './support/secrets.mjs'
import { stateFolder } from './support/state.mjs'
import { Supervisor } from './support/supervisor.mjs'
import { Tally } from './support/tally.mjs'
import { testJobs } from './support/test_jobs.mjs'

const args = process.argv.slice(2)
const folder = stateFolder('test')
const supervisor = new Supervisor()
const tally = new Tally()
const jobs = args.length > 0 ? [{ name: 'tests', args }] : testJobs()
const browser = new Browser(supervisor)

/**
 * What a request leaves behind is young: with more room for it, V8 collects less often. And it does not go through
 * everything that was loaded, again and again, before there are 512 MB of it.
 */
const HEAP = ['--max-semi-space-size=32', '--initial-old-space-size=512']

/** A test process, its database server and a browser. */
const MEMORY_OF_A_LANE = 2 * 1024 ** 3

/** Up to this many failed tests are tried a second time. */
const HANDFUL = 5

await supervisor.main(
  async () => {
    claim()
    const shared = sharedEnvironment()
    const fetched = jobs.some(needsBrowser) ? browser.fetch() : null
    const built = count('assets', () => build(shared))
    const lanes = openLanes(shared)
    const ready = Promise.all([built, openDatabases(lanes)])
    await Promise.all([fetched, ...lanes.map((lane) => run(lane, ready))])
    if (args.length === 0) await trySecondTime(lanes[0])
    await supervisor.endAll()
    if (args.length === 0) remindOfReviews()
    return tally.close()
  },
  { interrupted: 130 }
)

function claim() {
  const { holder } = acquire(join(folder, 'test.lock'))
  if (holder) throw new Failure(`npm test is already running here (process ${holder.pid}).`)
}

/** One lane more than processors, because tests wait for their database; but one where they are given a server. */
function openLanes(shared) {
  const alone = args.length > 0 || process.env.TEST_DATABASE_URL
  const fitting = Math.min(availableParallelism() + 1, Math.floor(totalmem() / MEMORY_OF_A_LANE), 4)
  return ['main', 'second', 'third', 'fourth']
    .slice(0, alone ? 1 : Math.max(fitting, 1))
    .map((name) => new Lane({ name, folder, supervisor, shared }))
}

function sharedEnvironment() {
  return {
    ...process.env,
    ...secrets(folder),
    NODE_ENV: 'test',
    // All tests come from one address; those of the limits switch them on.
    RATE_LIMITS: 'off',
    TZ: 'UTC',
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
  }
}

/** When no suite is named, all of them run. */
function needsBrowser({ args: named }) {
  if (!named) return false
  const wanted = named.filter((arg) => /^[a-z]/.test(arg))
  return wanted.length === 0 || wanted.includes('browser')
}

async function build(env) {
  if (args.length > 0 && assetsAreCurrent()) return { code: 0 }
  return buildAssets(supervisor, { ...env, ...(await address()), NODE_ENV: 'production' })
}

/** Migrates while the assets are built, in one lane for all. */
async function openDatabases([first, ...others]) {
  const open = (lane) => count(`database of ${lane.name}`, () => lane.open())
  await open(first)
  await first.lend(others)
  await Promise.all(others.map(open))
}

/** Takes one job after another until none is left. */
async function run(lane, ready) {
  await ready
  for (let job = takeJob(); job; job = takeJob()) {
    if (job.check) await check(job, lane)
    else await suites(job, lane)
  }
}

/** The next job; while the browser is being installed, the next that does without it. */
function takeJob() {
  const index = jobs.findIndex((job) => browser.isThere || !needsBrowser(job))
  return jobs.splice(Math.max(index, 0), 1)[0]
}

async function address() {
  const port = String(await freePort())
  return { HOST: '127.0.0.1', PORT: port, APP_URL: `http://127.0.0.1:${port}` }
}

async function check({ name, check: wanted }, lane) {
  const env = await lane.settings()
  await count(name, () => runCheck(supervisor, wanted, env))
}

/** A job shows its output when it has ended, unless it is the only one. */
async function suites(job, lane) {
  const { tallyFile, code } = await runTests(job, lane)
  tally.suites(job.name, tallyFile, code)
}

/**
 * The files in which a test failed run once more with nothing beside them: what passes then collided with another test
 * or a busy machine. More than a handful is no coincidence.
 */
async function trySecondTime(lane) {
  const failed = tally.failedTests
  if (failed.length > HANDFUL) return
  const bySuite = Object.entries(Object.groupBy(failed, ({ suite }) => suite))
  for (const [suite, tests] of bySuite) {
    const files = [...new Set(tests.map(({ file }) => `--files=${file}`))]
    const { tallyFile } = await runTests({ name: `${suite} again`, args: [suite, ...files] }, lane)
    tally.secondRun(suite, tallyFile)
  }
}

/** Overdue reviews are reported, but fail nothing: a clone stays green however old it gets. */
function remindOfReviews() {
  const overdue = tellOverdue(overdueReviews(readReviews()))
  if (overdue.length > 0) console.log(`${overdue.join('\n')}\n`)
}

async function runTests(job, lane) {
  const { name, args: named } = job
  const opened = needsBrowser(job) ? { CHROMIUM_PATH: await browser.fetch() } : {}
  const started = performance.now()
  const tallyFile = join(lane.folder, 'tally.json')
  rmSync(tallyFile, { force: true })
  const runner = [...HEAP, '--import=./bin/support/typescript.mjs', 'bin/test.ts', ...named]
  const { code, output } = await supervisor.run(process.execPath, runner, {
    cwd: root,
    env: { ...(await lane.next()), ...opened, TALLY_FILE: tallyFile },
    ...(args.length > 0 ? {} : { stdio: ['ignore', 'pipe', 'pipe'] }),
  })
  if (args.length === 0) console.log(`${output}\nran  ${name} (${seconds(started)} s)`)
  return { tallyFile, code }
}

async function count(name, step) {
  const started = performance.now()
  const result = await step()
  tally.check(name, result, seconds(started))
}

function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(1)
}
