/**
 * `node bin/bench/erasure.mjs [events]`: how long it takes to erase a person whose organisation has a million audit
 * events, a fifth of them with a value about that person. It uses its own PostgreSQL; the trail is verified afterwards.
 * `--keep` reuses the events of an earlier run in which no one was erased yet.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connected } from '../postgres/connection.mjs'
import { provision } from '../postgres/provision.mjs'
import { LOGINS, withDatabase } from '../postgres/roles.mjs'
import { startServer } from '../postgres/server.mjs'
import { ace } from '../support/ace.mjs'
import { Failure } from '../support/failure.mjs'
import { secrets } from '../support/secrets.mjs'
import { stateFolder } from '../support/state.mjs'
import { Supervisor } from '../support/supervisor.mjs'

const KEPT = process.argv.includes('--keep')
const EVENTS = Number(process.argv[2] ?? 1_000_000)
const AT_ONCE = 5000
const ORGANISATION = randomUUID()
const MEMBERSHIP = randomUUID()
const USER = '01930000-0000-7000-8000-0000000000aa'

const APPEND = `
  select count(*) from audit.append_many((
    select jsonb_agg(jsonb_build_object(
      'actor_kind', 'member', 'actor', $1::uuid, 'action', 'raid_item.updated',
      'entity_type', 'raid_item', 'entity', gen_random_uuid(), 'facts', jsonb_build_object('ref', 'R' || n),
      'values', jsonb_build_object(
        'title', jsonb_build_object('v', jsonb_build_object('after', 'Tide gate ' || n || ' leaks in spring'), 'subject', null),
        'owner', jsonb_build_object('v', jsonb_build_object('after', $1::uuid),
          'subject', case when n % 5 = 0 then $1::uuid end))))
    from generate_series($2::integer + 1, $2::integer + $3::integer) n))`

const supervisor = new Supervisor()
await supervisor.main(async () => {
  const folder = stateFolder('bench')
  const { url } = await startServer({ supervisor, folder: join(folder, 'erasure'), durable: true })
  const passwords = Object.fromEntries(Object.values(LOGINS).map((role) => [role, 'benchmark']))
  const database = 'erasure_bench'
  const urls = await provision({ url, database, passwords, replace: !KEPT })
  const notes = mkdtempSync(join(tmpdir(), 'erasure-bench-'))
  const env = {
    ...process.env,
    ...secrets(folder),
    ...urls,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: '3399',
    LOG_LEVEL: 'error',
    APP_URL: 'http://localhost:3399',
    ERASURE_TOMBSTONES: join(notes, 'erasures.ndjson'),
  }
  await timed('migrations', () => run(['migration:run', '--force', '--connection=owner'], env))
  if (!KEPT) await timed(`${EVENTS} events`, () => connected(withDatabase(url, database), seed))
  await timed('audit:seal', () => run(['audit:seal'], env))
  if (!KEPT) await timed('dry run', () => run(['privacy:erase', `--user=${USER}`], env))
  const output = await timed('erasure', () =>
    run(['privacy:erase', `--user=${USER}`, '--confirm'], env)
  )
  console.log(output.trim().split('\n').at(-1))
  await timed('audit:seal', () => run(['audit:seal'], env))
  await timed('audit:verify', () => run(['audit:verify'], env))
  rmSync(notes, { recursive: true })
})

async function timed(what, work) {
  const started = performance.now()
  const result = await work()
  console.log(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return result
}

async function run(args, env) {
  const { code, output } = await ace(supervisor, args, env)
  if (code !== 0) throw new Failure(`${args[0]} failed:\n${output}`)
  return output
}

/** One person in one organisation; every fifth event keeps a value about them. */
async function seed(client) {
  await client.query(
    `insert into users (id, email, name) values ($1, 'quilla@example.test', 'Quilla Vandermolen')`,
    [USER]
  )
  await client.query(`select set_config('app.organisation_id', $1, false)`, [ORGANISATION])
  await client.query(`insert into organisations (id, name) values ($1, 'Bench')`, [ORGANISATION])
  await client.query(
    `insert into memberships (organisation_id, id, user_id, role) values ($1, $2, $3, 'member')`,
    [ORGANISATION, MEMBERSHIP, USER]
  )
  for (let done = 0; done < EVENTS; done += AT_ONCE) {
    await client.query(APPEND, [MEMBERSHIP, done, Math.min(AT_ONCE, EVENTS - done)])
  }
  await client.query('vacuum analyze')
}
