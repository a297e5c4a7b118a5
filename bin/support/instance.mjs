import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../postgres/database.mjs'
import { LOGINS } from '../postgres/roles.mjs'
import { ace } from './ace.mjs'
import { assetsAreCurrent, buildAssets } from './assets.mjs'
import { Failure } from './failure.mjs'
import { fingerprint } from './fingerprint.mjs'
import { instanceLock, lendSettings } from './lent.mjs'
import { acquire } from './lock.mjs'
import { root } from './paths.mjs'
import { requireFree } from './ports.mjs'
import { secrets } from './secrets.mjs'
import { privateFile, stateFolder } from './state.mjs'

const SCHEMA = ['database/migrations', 'database/demo', 'commands/demo_seed.ts']

/**
 * Everything `npm start` and `npm run dev` need before the app itself: one instance at a time,
 * a free port, the database with its schema and demo organisation, keys and built assets.
 * Returns the environment for the app.
 */
export async function prepareInstance(supervisor, { assets }) {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const folder = stateFolder('development')
  const site = address()
  claim(folder, site)
  await requireFree(site.HOST, Number(site.PORT))

  const made = { ...site, ...runtime(folder), ...given(secrets(folder)) }
  const base = { ...process.env, ...made }
  const [database] = await Promise.all([
    openDatabase({ supervisor, folder, own: own() }).then(async (opened) => {
      const urls = await migrate(supervisor, { ...base, ...opened.urls }, folder, opened.known)
      lendSettings(folder, { ...made, ...urls, ...administrator(opened) })
      return urls
    }),
    assets && !assetsAreCurrent() ? announceBuild(supervisor, base) : null,
  ])
  return { ...base, ...database }
}

function address() {
  const { HOST = '127.0.0.1', PORT = '3333' } = process.env
  return { HOST, PORT, APP_URL: process.env.APP_URL ?? `http://localhost:${PORT}` }
}

function claim(folder, site) {
  const { holder } = acquire(instanceLock(folder), { url: site.APP_URL })
  if (!holder) return
  throw new Failure(
    `Orchestrate is already running here (process ${holder.pid}): ${holder.url}\n` +
      'Stop that one first (Ctrl-C where it was started), or use it.'
  )
}

function runtime(folder) {
  return {
    NODE_ENV: 'development',
    TZ: 'UTC',
    WORKER_IN_PROCESS: 'true',
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    FILES_PATH: process.env.FILES_PATH || join(folder, 'files'),
    ERASURE_TOMBSTONES: process.env.ERASURE_TOMBSTONES || join(folder, 'erasures.ndjson'),
  }
}

/** The administrator of back-ups, if known: for commands only, so web and worker do not get it. */
function administrator({ admin }) {
  return admin ? { DATABASE_ADMIN_URL: admin } : {}
}

/** Keys that a person set take precedence over generated ones. */
function given(generated) {
  return Object.fromEntries(
    Object.entries(generated).map(([name, value]) => [name, process.env[name] || value])
  )
}

function own() {
  return Object.fromEntries(
    Object.keys(LOGINS).map((name) => [name, process.env[name] || undefined])
  )
}

/** Skipped when nothing has changed since we last migrated this database. */
async function migrate(supervisor, env, folder, known) {
  const file = privateFile(join(folder, 'migrated.json'))
  const urls = Object.fromEntries(Object.keys(LOGINS).map((name) => [name, env[name]]))
  if (known && file.read()?.schema === fingerprint(SCHEMA)) return urls

  file.remove()
  console.log('Preparing the database ...')
  await complete(supervisor, ['migration:run', '--force', '--connection=owner'], env)
  await complete(supervisor, ['demo:seed'], env)
  file.write({ schema: fingerprint(SCHEMA) })
  return urls
}

async function complete(supervisor, args, env) {
  const { code, output } = await ace(supervisor, args, env)
  if (code !== 0) throw new Failure(`node ace.js ${args.join(' ')} failed:\n${output}`)
}

async function announceBuild(supervisor, env) {
  console.log('Building the assets ...')
  const { code, output } = await buildAssets(supervisor, env)
  if (code !== 0) throw new Failure(`The assets could not be built:\n${output}`)
}
