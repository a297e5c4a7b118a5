import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../support/failure.mjs'
import { fingerprint } from '../support/fingerprint.mjs'
import { root } from '../support/paths.mjs'
import { freePort } from '../support/ports.mjs'
import { eventually } from '../support/processes.mjs'
import { privateFile } from '../support/state.mjs'
import { ace } from '../support/ace.mjs'

const SOURCES = [
  'app',
  'bin/server.ts',
  'bin/ignitor.ts',
  'commands',
  'config',
  'database',
  'resources',
  'start',
  'adonisrc.ts',
  'vite.config.ts',
  'package-lock.json',
  'package.json',
]
/** Where the deployed application is. */
export const BUILD = join(root, 'build')

/** Builds the application for production, unless the last build was of the same sources. */
export async function build(supervisor, env) {
  const stamp = privateFile(join(BUILD, 'built.json'))
  const source = fingerprint(SOURCES)
  if (stamp.read()?.source === source && existsSync(join(BUILD, 'bin/server.js'))) return

  rmSync(BUILD, { recursive: true, force: true })
  const { code, output } = await ace(supervisor, ['build'], env)
  if (code !== 0) throw new Failure(`The application could not be built:\n${output}`)
  stamp.write({ source })
}

/** One web process of the production build on a database; its public address is its own port unless given. */
export async function startSite(supervisor, env, urls, address) {
  const port = await freePort()
  const { child, output } = supervisor.launch(process.execPath, [...flags(), 'bin/server.js'], {
    cwd: BUILD,
    env: { ...env, ...urls, PORT: String(port), APP_URL: address ?? `http://127.0.0.1:${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ready = await eventually(() => answers(port), 30_000, 100)
  if (!ready) throw new Failure(`The web process did not answer:\n${output.join('')}`)
  return { pid: child.pid, port, output }
}

/** The settings of a production process; it never contacts the identity provider in them. */
export function productionEnvironment(keys) {
  return {
    ...process.env,
    NODE_ENV: 'production',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    PORT: '0',
    APP_URL: 'http://127.0.0.1',
    ...keys,
    LOG_LEVEL: 'warn',
    STOP_NOTICE_SECONDS: '0',
    AUTH0_DOMAIN: 'benchmark.example.auth0.com',
    AUTH0_CLIENT_ID: 'benchmark',
    AUTH0_CLIENT_SECRET: 'benchmark',
    AUTH0_MANAGEMENT_CLIENT_ID: 'benchmark',
    AUTH0_MANAGEMENT_CLIENT_SECRET: 'benchmark',
    ERASURE_TOMBSTONES: '/dev/null',
    FILES_PATH: process.env.FILES_PATH || join(root, 'storage/files'),
    DPA_AUTH0: '2020-01-15',
    DPA_FLY: '2020-01-15',
    HOSTED_IN: 'NL',
    FLY_REGION: 'ams',
  }
}

/** `BENCH_NODE_FLAGS=--cpu-prof npm run bench` profiles the web process. */
function flags() {
  return (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter(Boolean)
}

async function answers(port) {
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false
  )
}
