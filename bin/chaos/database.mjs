import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { provision } from '../postgres/provision.mjs'
import { LOGINS, withDatabase } from '../postgres/roles.mjs'
import { startServer } from '../postgres/server.mjs'
import { Failure } from '../support/failure.mjs'

const NAME = 'chaos'

/** A PostgreSQL that keeps what it acknowledged, and is killed and restarted on the same port. */
export class KilledDatabase {
  #server
  #url

  constructor(supervisor, folder) {
    this.supervisor = supervisor
    this.folder = join(folder, 'postgres')
  }

  /** Returns the URLs of the application's roles. */
  async create() {
    await this.start()
    const passwords = Object.values(LOGINS).map((role) => [role, randomBytes(18).toString('hex')])
    this.urls = await provision({
      url: this.#url,
      database: NAME,
      passwords: Object.fromEntries(passwords),
    })
    this.admin = withDatabase(this.#url, NAME)
    return this.urls
  }

  async start() {
    const { url, server } = await startServer({
      supervisor: this.supervisor,
      folder: this.folder,
      durable: true,
    })
    if (this.#url && this.#url !== url) throw new Failure('The database lost its port to another.')
    this.#url = url
    this.#server = server
  }

  async kill(signal) {
    this.#server.expected = true
    process.kill(this.#server.child.pid, signal)
    await this.#server.ended
  }
}
