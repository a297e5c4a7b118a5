/**
 * `npm run bench`: how fast the product is on this machine. Seeds two sizes of organisation on a
 * PostgreSQL of its own, builds for production, and measures one web process over HTTP beside two
 * floors without the application. `-- --quick` measures for less than a minute; `-- --fresh` seeds
 * again. `-- --only=list` measures what has that in its name; `-- --exports` measures the exports of a
 * person and of an organisation with a million audit events (or `--events=N`), `-- --lists` those of 200,000 rows
 * in each format, and nothing else. Linux only: it reads /proc.
 */
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchServer, forget } from './bench/database.mjs'
import { measureExports } from './bench/exports.mjs'
import { firstLoadBytes, get } from './bench/first_load.mjs'
import { Meter, startHelper, summarise } from './bench/measure.mjs'
import { measureLists } from './bench/lists.mjs'
import { memory } from './bench/processes.mjs'
import { table, verdicts } from './bench/report.mjs'
import { SCENARIOS, requestOf } from './bench/scenarios.mjs'
import { build, productionEnvironment, startSite } from './bench/site.mjs'
import { KIND, SIZES, idOf } from './bench/sizes.mjs'
import { inTurns, pairsOf } from './bench/turns.mjs'
import { MANAGER, PROJECT, signIn, writtenProject } from './bench/visitor.mjs'
import { Failure } from './support/failure.mjs'
import { acquire } from './support/lock.mjs'
import { root } from './support/paths.mjs'
import { secrets } from './support/secrets.mjs'
import { stateFolder } from './support/state.mjs'
import { Supervisor } from './support/supervisor.mjs'

const CONNECTIONS = [1, 16]
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    exports: { type: 'boolean', default: false },
    lists: { type: 'boolean', default: false },
    events: { type: 'string', default: '1000000' },
  },
})
const PACE = options.quick
  ? { warmUp: 4, seconds: 0.3, rounds: 1, turns: { rounds: 25, most: 60 } }
  : { warmUp: 12, seconds: 1, rounds: 2, turns: { rounds: 41, most: 60 } }

const supervisor = new Supervisor()
await supervisor.main(async () => {
  if (process.platform !== 'linux') throw new Failure('The benchmark reads /proc: it needs Linux.')
  const folder = stateFolder('bench')
  const { holder } = acquire(join(folder, 'bench.lock'))
  if (holder) throw new Failure(`npm run bench already runs here (process ${holder.pid}).`)
  if (options.fresh) forget(folder)

  const keys = secrets(folder)
  const env = productionEnvironment(keys)
  const server = await benchServer({ supervisor, folder, env })
  await build(supervisor, env)
  if (options.exports) {
    const events = Number(options.events)
    const environment = { ...env, DATA_KEY: keys.DATA_KEY }
    await measureExports({ supervisor, server, env: environment, folder, events })
    return
  }
  if (options.lists) {
    await measureLists({ supervisor, server, env, appKey: keys.APP_KEY })
    return
  }
  const sites = []
  for (const [name, size] of Object.entries(SIZES)) sites.push(await open(name, size))
  const meter = new Meter(supervisor, server.pid)
  const floors = await startFloors(sites[0])
  const rows = [...(await floorRows(floors)), ...sites.flatMap(siteRows)].filter(({ name }) =>
    name.includes(options.only)
  )
  await report(await measure(rows), sites, await compare(rows))

  async function open(name, size) {
    const { urls } = await server.open(size)
    const site = await startSite(supervisor, env, urls)
    const account = {
      url: urls.DATABASE_URL,
      appKey: keys.APP_KEY,
      count: Math.max(...CONNECTIONS),
    }
    return {
      ...site,
      name,
      urls,
      readers: await signIn({ ...account, person: MANAGER }),
      writers: await signIn({ ...account, person: MANAGER }),
      office: await signIn({ ...account, person: size.people }),
    }
  }

  /** What the targets compare, alternating; their code is warm by now. */
  async function compare(wanted) {
    if (options.only) return null
    console.log('Comparing in turns ...')
    return inTurns(meter, pairsOf(wanted), PACE.turns)
  }

  async function measure(wanted) {
    console.log('Warming up ...')
    for (const row of wanted) await meter.run({ ...row, ...warmUp(row) })
    const runs = new Map(wanted.map((row) => [row, []]))
    for (let round = 1; round <= PACE.rounds; round++) {
      console.log(`Measuring, round ${round} of ${PACE.rounds} ...`)
      for (const row of wanted) runs.get(row).push(await meter.run(row))
    }
    return wanted.map((row) => ({
      name: row.name,
      size: row.size,
      connections: row.requests.length,
      ...summarise(runs.get(row)),
    }))
  }
})

async function startFloors(site) {
  const child = startHelper(supervisor, 'floors.mjs')
  const path = SCENARIOS[0].path
  const { text } = await get(site, path, site.readers[0])
  const member = idOf(KIND.membership, MANAGER)
  const projects = { project: PROJECT, written: writtenProject(SIZES[site.name]) }
  child.send({ url: site.urls.DATABASE_URL, ...projects, member, page: text })
  const [ports] = await once(child, 'message')
  return { pid: child.pid, ports }
}

function floorRows({ pid, ports }) {
  const named = {
    'floor: constant page': ports.constant,
    'floor: pg by hand': ports.byHand,
    'floor: pg by hand, compressed': ports.byHandCompressed,
    'floor: create by hand': ports.create,
  }
  return Object.entries(named).flatMap(([name, port]) =>
    CONNECTIONS.map((count) => ({
      name,
      size: '-',
      pid,
      port,
      requests: Array(count).fill('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
      seconds: PACE.seconds,
    }))
  )
}

function siteRows(site) {
  return SCENARIOS.filter(({ only = site.name }) => only === site.name).flatMap((scenario) =>
    (scenario.slow ? [1] : CONNECTIONS).map((count) => ({
      name: scenario.name,
      size: site.name,
      pid: site.pid,
      port: site.port,
      status: scenario.form ? 303 : 200,
      requests: sessionsFor(site, scenario)
        .slice(0, count)
        .map((session) =>
          requestOf(scenario, session, { port: site.port, size: SIZES[site.name] })
        ),
      seconds: PACE.seconds,
      ...(scenario.slow ? { most: 3 } : {}),
    }))
  )
}

function sessionsFor(site, { form, office }) {
  if (form) return site.writers
  return office ? site.office : site.readers
}

/** By requests rather than by time, because code gets faster by how often it has run. */
function warmUp({ most, requests }) {
  return { most: Math.min(most ?? Infinity, requests.length * PACE.warmUp), seconds: 20 }
}

async function report(results, sites, turns) {
  const firstLoad = await firstLoadBytes(sites[0], SCENARIOS[0].path, sites[0].readers[0])
  const rss = Object.fromEntries(sites.map((site) => [site.name, Math.round(memory(site.pid))]))
  console.log(`\n${table(results)}\n`)
  console.log(`Memory of the web process, MB: ${JSON.stringify(rss)}`)
  const targets = turns ? verdicts({ results, turns, firstLoad: firstLoad.total }) : []
  for (const { what, measured, between, target, met } of targets) {
    const rounds = between ? `, half of the rounds from ${between.join(' to ')}` : ''
    console.log(`${met ? 'met   ' : 'MISSED'} ${what}: ${measured}${rounds} (${target})`)
  }
  mkdirSync(join(root, 'storage'), { recursive: true })
  const file = join(root, 'storage/bench.json')
  writeFileSync(file, JSON.stringify({ results, firstLoad, rss, targets }, null, 2))
}
