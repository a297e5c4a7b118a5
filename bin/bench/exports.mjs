import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { connected } from '../postgres/connection.mjs'
import { Failure } from '../support/failure.mjs'
import { root } from '../support/paths.mjs'
import { KIND, ORGANISATION, idOf } from './sizes.mjs'

const EVENTS_PER_CALL = 5000
const MEMBER = 1
const SIZE = {
  database: 'bench_x',
  projects: 20,
  itemsPerProject: 50,
  people: 40,
  managers: 10,
}
const TARGET_MB = 300

/** The cost of each kind of export for a person with so many events, or their organisation. */
export async function measureExports({ supervisor, server, env, folder, events }) {
  const { urls, admin } = await server.open(SIZE)
  const environment = { ...env, ...urls }
  await tellEvents(admin, events)
  await run(supervisor, environment, ['audit:seal'])
  const wanted = {
    'privacy:export access': ['privacy:export', `--user=person-${MEMBER}@example.test`],
    'privacy:export portability': [
      'privacy:export',
      '--kind=portability',
      `--user=person-${MEMBER}@example.test`,
    ],
    'organisations:export': ['organisations:export', `--organisation=${ORGANISATION}`],
  }
  for (const [name, args] of Object.entries(wanted)) {
    const output = join(
      folder,
      `export-${process.pid}-${args[0].replace(':', '-')}${args.length}.zip`
    )
    const { seconds, peak } = await run(supervisor, environment, [...args, `--output=${output}`])
    const size = (statSync(output).size / 1024 / 1024).toFixed(0)
    rmSync(output)
    const verdict = peak < TARGET_MB ? 'met   ' : 'MISSED'
    console.log(
      `${verdict} ${name}: ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MB of memory (< ${TARGET_MB}), ${size} MB`
    )
  }
}

/** So many events of one member, including existing ones. */
function tellEvents(admin, events) {
  return connected(admin, async (client) => {
    await client.query(`select set_config('app.organisation_id', $1, false)`, [ORGANISATION])
    const member = idOf(KIND.membership, MEMBER)
    const { rows } = await client.query(
      'select count(*)::int as count from audit.events where actor_ref = $1',
      [member]
    )
    for (let count = rows[0].count; count < events; count += EVENTS_PER_CALL) {
      await client.query(APPEND, [member, idOf(KIND.project, 1), EVENTS_PER_CALL])
    }
    await client.query('vacuum analyze audit.events, audit.event_values')
  })
}

const APPEND = `
  select count(*) from audit.append_many((select jsonb_agg(jsonb_build_object(
    'project', $2::uuid, 'actor_kind', 'member', 'actor', $1::uuid, 'action', 'raid_item.updated',
    'entity_type', 'raid_item', 'entity', gen_random_uuid(), 'request', null,
    'facts', jsonb_build_object('ref', 'PRJ001-R' || n, 'kind', 'risk'),
    'values', jsonb_build_object('title', jsonb_build_object(
      'v', jsonb_build_object('before', 'Late crane ' || n, 'after', 'Later crane ' || n),
      'subject', null)))) from generate_series(1, $3::int) n))`

async function run(supervisor, env, args) {
  const started = performance.now()
  const { child, output, ended } = supervisor.launch(process.execPath, ['ace.js', ...args], {
    cwd: join(root, 'build'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, highest(child.pid))), 100)
  const { code } = await ended
  clearInterval(watch)
  if (code !== 0) throw new Failure(`${args[0]} failed:\n${output.join('')}`)
  return { seconds: (performance.now() - started) / 1000, peak }
}

/** The most memory that a process has used, in megabytes. */
function highest(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
  } catch {
    return 0
  }
}
