import { closeSync, mkdirSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Failure } from '../support/failure.mjs'
import { freePort } from '../support/ports.mjs'
import { eventually } from '../support/processes.mjs'
import { privateFile } from '../support/state.mjs'
import { databaseAccount } from './account.mjs'
import { locateBinaries } from './binaries.mjs'
import { initialise } from './data_folder.mjs'
import { ENVIRONMENT } from './environment.mjs'
import { clearOrphans, isReady } from './postmaster.mjs'

const PATIENCE = 60_000
const ATTEMPTS = 3

const COMMON = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'jit=off']
const DURABLE = ['max_connections=100', 'shared_buffers=128MB']
const THROWAWAY = [
  'max_connections=100',
  'shared_buffers=64MB',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  // Its transactions would delay the audit trail's seals, whose tests count them.
  'autovacuum=off',
]

/**
 * Starts the built-in PostgreSQL on the database files of a state folder, whatever an earlier
 * run left there. Returns its administrator's URL and whether its files are new.
 *
 * @param {object} options
 * @param {import('../support/supervisor.mjs').Supervisor} options.supervisor ends it with the rest
 * @param {string} options.folder state folder that holds the database files
 * @param {boolean} options.durable false trades safety for speed: for tests only
 */
export async function startServer({ supervisor, folder, durable }) {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  folder = realpathSync(folder)
  const data = join(folder, 'data')
  const account = databaseAccount(data)
  const binaries = locateBinaries(account, folder)
  const settings = remember(folder)

  const fresh = await initialise({
    supervisor,
    binaries,
    account,
    folder,
    durable,
    ...settings.values,
  })
  await clearOrphans(data)
  const server = await listen({ supervisor, binaries, account, folder, data, durable, settings })
  watch(server, supervisor)

  const { port, password } = settings.values
  return { fresh, server, url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` }
}

/** The administrator's password and the last port, which later starts try again. */
function remember(folder) {
  const file = privateFile(join(folder, 'server.json'))
  const values = file.read() ?? file.write({ password: randomBytes(24).toString('base64url') })
  return { values, save: (port) => file.write(Object.assign(values, { port })) }
}

/** Something else may take a port between finding it free and using it: then try another. */
async function listen(context) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? context.settings.values.port : undefined)
    const { server, log } = await launch({ ...context, port })
    if (server) {
      context.settings.save(port)
      return server
    }
    const stolen = /could not bind|could not create any TCP\/IP sockets/.test(log)
    if (!stolen || attempt === ATTEMPTS) {
      throw new Failure(`PostgreSQL did not start on ${context.data}:\n${log}`)
    }
  }
}

async function launch({ supervisor, binaries, account, folder, data, durable, port }) {
  const logFile = join(folder, 'postgres.log')
  const log = openSync(logFile, 'w', 0o600)
  const flags = [...COMMON, ...(durable ? DURABLE : THROWAWAY)].flatMap((flag) => ['-c', flag])
  const server = supervisor.launch(
    join(binaries, 'bin/postgres'),
    ['-D', data, '-p', String(port), ...flags],
    {
      ...account,
      cwd: data,
      env: ENVIRONMENT,
      stdio: ['ignore', log, log],
      soft: 'SIGINT',
      hard: 'SIGQUIT',
    }
  )
  closeSync(log)

  let ended = false
  server.ended.then(() => (ended = true))
  const settled = await eventually(() => ended || isReady(data, server.child.pid), PATIENCE, 5)
  if (settled && !ended) return { server }
  await supervisor.end(server)
  return { log: readFileSync(logFile, 'utf8') }
}

/** Without its database the rest is useless. */
function watch(server, supervisor) {
  server.ended.then(({ code, killer, expected }) => {
    if (expected) return
    console.error(
      `\nPostgreSQL has ended unexpectedly (${killer ?? `code ${code}`}). Start again; nothing saved is lost.`
    )
    supervisor.stop(1)
  })
}
