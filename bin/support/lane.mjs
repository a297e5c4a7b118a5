import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyDatabase } from '../postgres/copy.mjs'
import { openDatabase } from '../postgres/database.mjs'
import { withDatabase } from '../postgres/roles.mjs'
import { ace } from './ace.mjs'
import { fingerprint } from './fingerprint.mjs'
import { freePort } from './ports.mjs'
import { privateFile } from './state.mjs'

/** The sources of the schema. */
const SCHEMA = ['database', 'app/models/lifecycle', 'bin/postgres', 'package-lock.json']

const COPY = 'orchestrate_tests'

/**
 * Where the jobs of the tests run one after another. Each lane has its own database server, because an open transaction
 * anywhere on a server delays the audit seals of all its databases.
 */
export class Lane {
  #stores
  #urls
  #admin

  constructor({ name, folder, supervisor, shared }) {
    this.name = name
    this.folder = join(folder, name)
    this.supervisor = supervisor
    this.shared = shared
    this.#stores = {
      FILES_PATH: join(this.folder, 'files'),
      ERASURE_TOMBSTONES: join(this.folder, 'erasures.ndjson'),
    }
  }

  /** Creates the database and its schema, unless today's exist already; returns how the migrations ended. */
  async open() {
    const own = { DATABASE_URL: process.env.TEST_DATABASE_URL }
    const { supervisor, folder } = this
    const made = privateFile(join(folder, 'migrated.json'))
    const recipe = `${today()} ${fingerprint(SCHEMA)}`
    const replace = made.read()?.recipe !== recipe
    const opened = await openDatabase({ supervisor, folder, own, throwaway: true, replace })
    this.#urls = opened.urls
    this.#admin = opened.admin
    if (opened.known) return { code: 0 }

    made.remove()
    const migration = ['migration:run', '--force', '--connection=owner']
    const result = await ace(supervisor, migration, await this.settings())
    if (result.code === 0) made.write({ recipe })
    return result
  }

  /** The environment of the next job, on a database as the migrations left it. */
  async next() {
    // The database is new, so it knows nothing of what was erased in the previous one.
    rmSync(this.#stores.ERASURE_TOMBSTONES, { force: true })
    if (process.env.TEST_DATABASE_URL) return this.settings()
    await copyDatabase({ admin: this.#admin, from: databaseOf(this.#urls), to: COPY })
    return this.settings(COPY)
  }

  /** Never the database that DATABASE_URL names: tests empty theirs. */
  async settings(database = databaseOf(this.#urls)) {
    const urls = { ...this.#urls, DATABASE_ADMIN_URL: this.#admin }
    const placed = Object.entries(urls).map(([name, url]) => [name, withDatabase(url, database)])
    const port = String(await freePort())
    const site = { HOST: '127.0.0.1', PORT: port, APP_URL: `http://127.0.0.1:${port}` }
    return { ...this.shared, ...site, ...Object.fromEntries(placed), ...this.#stores }
  }
}

/** Nothing written by the migrations may look older than the tests expect. */
function today() {
  return new Date().toISOString().slice(0, 10)
}

function databaseOf({ DATABASE_URL: url }) {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}
