/**
 * `npm run chaos`: what the product promises while its processes and its database are killed. Two web processes
 * and two workers of the built application share a durable PostgreSQL of their own; people write through both,
 * attach files, import logs and take gates from submission to decision while one process after another is killed,
 * or the database. Then everything that was acknowledged is looked for.
 *
 *   -- --rounds=100   how often something is killed
 *   -- --seed=1       repeats the order of a run
 *
 * Mails go to a receiver on this machine. Ends with a table, and with 1 when something was lost, done twice or
 * left behind. Linux only.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findings } from './chaos/checks.mjs'
import { Cluster } from './chaos/cluster.mjs'
import { Ledger } from './chaos/ledger.mjs'
import { random } from './chaos/random.mjs'
import { printed } from './chaos/report.mjs'
import { settle } from './chaos/settling.mjs'
import { Writers } from './chaos/writers.mjs'
import { Failure } from './support/failure.mjs'
import { acquire } from './support/lock.mjs'
import { stateFolder } from './support/state.mjs'
import { Supervisor } from './support/supervisor.mjs'

const VICTIMS = ['web', 'web', 'worker', 'worker', 'database', 'database at once']

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const rounds = Number(options.rounds)

const supervisor = new Supervisor()
await supervisor.main(async () => {
  if (process.platform !== 'linux') throw new Failure('npm run chaos needs Linux.')
  const folder = stateFolder('chaos')
  const { holder } = acquire(join(folder, 'chaos.lock'))
  if (holder) throw new Failure(`npm run chaos already runs here (process ${holder.pid}).`)
  rmSync(join(folder, 'throwaway'), { recursive: true, force: true })

  const chance = random(Number(options.seed))
  console.log(`Seed ${options.seed}, ${rounds} rounds`)
  const cluster = await Cluster.start({ supervisor, folder })
  const ledger = new Ledger()
  const writers = await Writers.start({ cluster, ledger, chance })
  const begun = performance.now()
  const kills = await killAround(cluster, ledger, chance)
  await writers.stop()
  const seconds = Math.round((performance.now() - begun) / 1000)
  console.log('Waiting until everything has come to rest ...')
  const rested = await settle(cluster, ledger)
  const found = await findings(cluster, ledger, writers)
  const outcome = {
    seed: options.seed,
    rounds,
    seconds,
    kills,
    ...rested,
    ...found,
    ledger,
    cluster,
  }
  console.log(printed(outcome))
  return outcome.checks.every(({ wrong }) => wrong === 0) ? 0 : 1
})

async function killAround(cluster, ledger, chance) {
  const kills = {}
  for (let round = 1; round <= rounds; round++) {
    await chance.pause(300, 2500)
    const victim = chance.of(VICTIMS)
    const told = await cluster.kill(victim, chance)
    kills[victim] = (kills[victim] ?? 0) + 1
    const { acknowledged, refused, cut } = ledger.totals
    console.log(
      `${String(round).padStart(4)}  ${told.padEnd(18)} ${acknowledged} acknowledged, ${refused} refused, ${cut} cut`
    )
  }
  await cluster.allUp()
  return kills
}
