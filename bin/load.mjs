/**
 * `npm run load`: how much the product carries on this machine, and how it carries it for long. Two web processes
 * and two workers of the production build share one database. A ramp finds how many requests a second of mixed
 * traffic they answer at most; then 70 % of that is asked for, whether or not the answers keep up.
 *
 *   -- --minutes=30   how long
 *   -- --share=0.7    how much of the most
 *   -- --restart      stops and starts one process after another meanwhile: no request may be dropped
 *
 * Prints errors, times by kind of request, and the memory of every process; ends with 1 when a request failed, and
 * leaves the figures in storage/load.json. Linux only.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { benchServer } from './bench/database.mjs'
import { build, productionEnvironment } from './bench/site.mjs'
import { SIZES } from './bench/sizes.mjs'
import { Driver } from './load/driver.mjs'
import { MemoryLog } from './load/memory_log.mjs'
import { printed } from './load/report.mjs'
import { leftOver } from './load/rest.mjs'
import { restartUntil } from './load/restarting.mjs'
import { sessionsFor } from './load/sessions.mjs'
import { Site } from './load/site.mjs'
import { Failure } from './support/failure.mjs'
import { acquire } from './support/lock.mjs'
import { root } from './support/paths.mjs'
import { secrets } from './support/secrets.mjs'
import { stateFolder } from './support/state.mjs'
import { Supervisor } from './support/supervisor.mjs'

const RAMP = [2, 4, 8, 16, 32]
const STEP_SECONDS = 10
const WARM_UP_SECONDS = 20

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    share: { type: 'string', default: '0.7' },
    restart: { type: 'boolean', default: false },
  },
})

const supervisor = new Supervisor()
await supervisor.main(async () => {
  if (process.platform !== 'linux') throw new Failure('npm run load reads /proc: it needs Linux.')
  const folder = stateFolder('bench')
  const { holder } = acquire(join(folder, 'bench.lock'))
  if (holder) throw new Failure(`A benchmark already runs here (process ${holder.pid}).`)
  const keys = secrets(folder)
  const env = productionEnvironment(keys)
  const server = await benchServer({ supervisor, folder, env })
  await build(supervisor, env)
  const { urls, admin } = await server.open(SIZES.L)
  const site = await Site.start(supervisor, { ...env, ...urls })
  const sessions = await sessionsFor({ url: urls.DATABASE_URL, appKey: keys.APP_KEY }, SIZES.L)
  const driver = new Driver(supervisor, { ports: site.ports, sessions })

  const ramp = await climb(driver)
  const most = Math.max(...ramp.map(({ rate }) => rate))
  const rate = most * Number(options.share)
  const seconds = Number(options.minutes) * 60
  console.log(`At most ${most.toFixed(1)} requests/s; holding ${rate.toFixed(1)} for ${seconds} s`)
  const memory = new MemoryLog(site)
  const held = driver.hold({ rate, seconds })
  const restarts = options.restart ? await restartUntil(held, site, seconds) : []
  const result = await held
  memory.stop()
  const left = await leftOver(admin)
  const outcome = { ramp, most, rate, seconds, restarts, memory: memory.summary(), left, ...result }
  console.log(printed(outcome))
  mkdirSync(join(root, 'storage'), { recursive: true })
  writeFileSync(join(root, 'storage/load.json'), JSON.stringify(outcome, null, 2))
  return result.failed === 0 && left === 0 ? 0 : 1
})

/** With more and more concurrent requests, until more of them bring no more answers. */
async function climb(driver) {
  console.log('Warming up ...')
  await driver.race({ atOnce: 8, seconds: WARM_UP_SECONDS })
  const steps = []
  for (const atOnce of RAMP) {
    const { answered, elapsed, failed, sample } = await driver.race({
      atOnce,
      seconds: STEP_SECONDS,
    })
    if (failed > 0) throw new Failure(`${failed} requests failed on the ramp: ${sample}`)
    steps.push({ atOnce, rate: answered / elapsed })
    console.log(
      `${String(atOnce).padStart(4)} at once: ${(answered / elapsed).toFixed(1)} requests/s`
    )
    await wait(1000)
  }
  return steps
}
