import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { provision } from '../postgres/provision.mjs'
import { withDatabase } from '../postgres/roles.mjs'
import { startServer } from '../postgres/server.mjs'
import { ace } from '../support/ace.mjs'
import { Failure } from '../support/failure.mjs'
import { fingerprint } from '../support/fingerprint.mjs'
import { privateFile } from '../support/state.mjs'
import { LOGINS } from '../postgres/roles.mjs'
import { seed } from './seed.mjs'

const RECIPE = [
  'database/migrations',
  'database/tenant_tables.ts',
  'database/audit_watch.ts',
  'bin/bench/seed.mjs',
  'bin/bench/seed_rows.mjs',
  'bin/bench/seed_governance.mjs',
  'bin/bench/sizes.mjs',
]

/**
 * The benchmark's own PostgreSQL, as durable as in production. Returns a function that opens a seeded database of a
 * given size; one seeded by the same code and migrations is reused.
 */
export async function benchServer({ supervisor, folder, env }) {
  const place = join(folder, 'postgres')
  const { url, server } = await startServer({ supervisor, folder: place, durable: true })
  const file = privateFile(join(place, 'seeded.json'))
  const passwords = Object.fromEntries(Object.values(LOGINS).map((role) => [role, 'benchmark']))

  async function open(size) {
    const kept = file.read() ?? {}
    const recipe = fingerprint(RECIPE)
    const current = kept[size.database] === recipe
    const urls = await provision({ url, database: size.database, passwords, replace: !current })
    const admin = withDatabase(url, size.database)
    if (current) return { urls, admin }

    const started = performance.now()
    await migrate(supervisor, { ...env, ...urls })
    await seed(admin, size)
    file.write({ ...file.read(), [size.database]: recipe })
    console.log(`Seeded ${size.database} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return { urls, admin }
  }
  return { open, pid: server.child.pid }
}

/** Deletes every seeded database. */
export function forget(folder) {
  const place = join(folder, 'postgres')
  if (existsSync(place)) rmSync(place, { recursive: true })
}

async function migrate(supervisor, env) {
  const { code, output } = await ace(
    supervisor,
    ['migration:run', '--force', '--connection=owner'],
    env
  )
  if (code !== 0) throw new Failure(`The benchmark's database could not be migrated:\n${output}`)
}
