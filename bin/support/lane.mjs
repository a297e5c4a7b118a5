import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { cloneServer } from '../postgres/clone.mjs'
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
  #made
  #opened

  constructor({ name, folder, supervisor, shared }) {
    this.name = name
    this.folder = join(folder, name)
    this.supervisor = supervisor
    this.shared = shared
    this.#made = privateFile(join(this.folder, 'migrated.json'))
    this.#stores = {
      FILES_PATH: join(this.folder, 'files'),
      ERASURE_TOMBSTONES: join(this.folder, 'erasures.ndjson'),
    }
  }

  /** Creates the database and its schema, unless today's exist already; returns how the migrations ended. */
  async open() {
    const own = { DATABASE_URL: process.env.TEST_DATABASE_URL }
    const { supervisor, folder } = this
    const replace = !this.#isCurrent()
    this.#opened = await openDatabase({ supervisor, folder, own, throwaway: true, replace })
    if (this.#opened.known) return { code: 0 }

    this.#made.remove()
    const migration = ['migration:run', '--force', '--connection=owner']
    const result = await ace(supervisor, migration, await this.settings())
    if (result.code === 0) this.#made.write({ recipe: recipe() })
    return result
  }

  /** Gives the database as migrated here to those of the other lanes that have none: that is faster than migrating. */
  async lend(others) {
    const lacking = others.filter((lane) => !lane.#isCurrent())
    if (lacking.length === 0 || !this.#isCurrent()) return

    const { place: from, close } = this.#opened
    await close()
    for (const lane of lacking) await lane.#take(from)
    await this.open()
  }

  #isCurrent() {
    return this.#made.read()?.recipe === recipe()
  }

  async #take(from) {
    this.#made.remove()
    const { supervisor, folder } = this
    mkdirSync(folder, { recursive: true, mode: 0o711 })
    await cloneServer({ supervisor, from, to: join(folder, basename(from)) })
    this.#made.write({ recipe: recipe() })
  }

  /** The environment of the next job, on a database as the migrations left it. */
  async next() {
    // The database is new, so it knows nothing of what was erased in the previous one.
    rmSync(this.#stores.ERASURE_TOMBSTONES, { force: true })
    if (process.env.TEST_DATABASE_URL) return this.settings()
    const { admin, urls } = this.#opened
    await copyDatabase({ admin, from: databaseOf(urls), to: COPY })
    return this.settings(COPY)
  }

  /** Never the database that DATABASE_URL names: tests empty theirs. */
  async settings(database = databaseOf(this.#opened.urls)) {
    const urls = { ...this.#opened.urls, DATABASE_ADMIN_URL: this.#opened.admin }
    const placed = Object.entries(urls).map(([name, url]) => [name, withDatabase(url, database)])
    const port = String(await freePort())
    const site = { HOST: '127.0.0.1', PORT: port, APP_URL: `http://127.0.0.1:${port}` }
    return { ...this.shared, ...site, ...Object.fromEntries(placed), ...this.#stores }
  }
}

/** Which schema, and of which day: nothing written by the migrations may look older than the tests expect. */
function recipe() {
  return `${new Date().toISOString().slice(0, 10)} ${fingerprint(SCHEMA)}`
}

function databaseOf({ DATABASE_URL: url }) {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}
