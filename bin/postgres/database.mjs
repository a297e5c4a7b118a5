import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Failure } from '../support/failure.mjs'
import { fingerprint } from '../support/fingerprint.mjs'
import { privateFile, stateFolder } from '../support/state.mjs'
import { LOGINS, urlsOf } from './roles.mjs'
import { startServer } from './server.mjs'

const MAINTENANCE = ['', 'postgres', 'defaultdb', 'template1']
const DEFAULT_NAME = 'orchestrate'

/**
 * Makes a database ready to be migrated: the person's own where `own` gives one, else one on the
 * built-in PostgreSQL.
 *
 * @param {object} options
 * @param {import('../support/supervisor.mjs').Supervisor} options.supervisor
 * @param {string} options.folder state folder
 * @param {Record<string, string|undefined>} options.own the four URLs, or only an
 *   administrator's as DATABASE_URL
 * @param {boolean} [options.throwaway] empties the database first and trades safety for speed
 * @param {boolean} [options.replace] false leaves what an earlier start put there
 * @returns {Promise<{ urls: Record<string, string>, admin?: string, known: boolean, place?: string, close?: () => Promise<void> }>}
 *   `known` tells that the database is the one that earlier starts left; `place` and `close` are the folder and the end
 *   of the built-in server
 */
export async function openDatabase({
  supervisor,
  folder,
  own,
  throwaway = false,
  replace = throwaway,
}) {
  const missing = Object.keys(LOGINS).filter((variable) => !own[variable])
  if (missing.length === 0) return { urls: own, known: false }
  if (missing.length === 4) return openBuiltIn({ supervisor, folder, throwaway, replace })
  if (own.DATABASE_URL && missing.length === 3) return openOwn({ own, throwaway })

  throw new Failure(
    `Some database URLs are set, but not ${missing.join(', ')}.\nSet all four, or only ` +
      'DATABASE_URL with an administrator who may create roles, or none for the built-in database.'
  )
}

async function openBuiltIn({ supervisor, folder, throwaway, replace }) {
  const place = join(folder, 'postgres')
  const { url, fresh, server } = await startServer({
    supervisor,
    folder: place,
    durable: !throwaway,
  })
  const file = privateFile(join(place, 'roles.json'))
  const recipe = fingerprint(['bin/postgres'])
  const kept = file.read()
  const passwords = kept?.passwords ?? newPasswords()

  const known = !fresh && !replace
  if (!known || kept?.recipe !== recipe) {
    file.write({ passwords })
    const { provision } = await import('./provision.mjs')
    await provision({ url, database: DEFAULT_NAME, passwords, replace })
    file.write({ passwords, recipe })
  }
  const urls = urlsOf(url, DEFAULT_NAME, passwords)
  return { urls, admin: url, known, place, close: () => supervisor.end(server) }
}

async function openOwn({ own, throwaway }) {
  const { name, url } = await parse(own.DATABASE_URL)
  const file = privateFile(join(stateFolder('servers'), `${digest(new URL(url).host)}.json`))
  const passwords = file.read() ?? file.write(newPasswords())

  const { provision } = await import('./provision.mjs')
  const database = throwaway ? `${name}_test` : name
  const urls = await provision({ url, database, passwords, replace: throwaway })
  return { urls, admin: url, known: false }
}

function newPasswords() {
  const entries = Object.values(LOGINS).map((role) => [role, randomBytes(24).toString('base64url')])
  return Object.fromEntries(entries)
}

/** The URL may name the database to use, which need not exist yet, or a maintenance one. */
async function parse(given) {
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url?.hostname || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new Failure('DATABASE_URL must look like postgres://user:password@host:5432/database')
  }
  const named = decodeURIComponent(url.pathname.slice(1))
  const name = MAINTENANCE.includes(named) ? DEFAULT_NAME : named
  return { name, url: await reachable(url, named) }
}

async function reachable(url, named) {
  if (named === '') url.pathname = '/postgres'
  const { connected, isMissingDatabase } = await import('./connection.mjs')
  try {
    await connected(url.href, () => {})
  } catch (error) {
    if (!isMissingDatabase(error)) throw error
    url.pathname = '/postgres'
  }
  return url.href
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
