import { join } from 'node:path'

import { build } from '../bench/site.mjs'
import { ace } from '../support/ace.mjs'
import { Failure } from '../support/failure.mjs'
import { secrets } from '../support/secrets.mjs'
import { throwawaySettings } from '../support/throwaway.mjs'
import { KilledDatabase } from './database.mjs'
import { KilledProcess } from './process.mjs'
import { Receiver } from './receiver.mjs'

const SIGNALS = { 'database': 'SIGKILL', 'database at once': 'SIGQUIT' }

/** Two web processes, two workers, their database and a receiver for their mails. */
export class Cluster {
  static async start({ supervisor, folder }) {
    const place = join(folder, 'throwaway')
    const cluster = new Cluster(supervisor)
    cluster.mails = await Receiver.start()
    cluster.database = new KilledDatabase(supervisor, place)
    const urls = await cluster.database.create()
    cluster.keys = secrets(folder)
    cluster.env = { ...environment(place, cluster.mails.url), ...cluster.keys, ...urls }
    await build(supervisor, cluster.env)
    console.log('Creating the organisation ...')
    await cluster.ace('migration:run', '--force', '--connection=owner')
    await cluster.ace('demo:seed')
    const make = (kind) => new KilledProcess(supervisor, kind, cluster.env)
    cluster.webs = [make('web'), make('web')]
    cluster.workers = [make('worker'), make('worker')]
    await Promise.all(cluster.processes.map((one) => one.start()))
    return cluster
  }

  constructor(supervisor) {
    this.supervisor = supervisor
  }

  get processes() {
    return [...this.webs, ...this.workers]
  }

  /** Kills one of a kind, once it is up, and begins to restart it. Returns what it was. */
  async kill(victim, chance) {
    if (victim in SIGNALS) {
      await this.database.kill(SIGNALS[victim])
      await chance.pause(0, 1500)
      await this.database.start()
      return victim
    }
    const place = chance.of([0, 1])
    const one = (victim === 'web' ? this.webs : this.workers)[place]
    await one.up
    await one.kill()
    return `${victim} ${place + 1}`
  }

  allUp() {
    return Promise.all(this.processes.map((one) => one.up))
  }

  /** Runs a command of the application on the database. */
  async ace(...args) {
    const { code, output } = await ace(this.supervisor, args, this.env)
    if (code !== 0) throw new Failure(`node ace.js ${args.join(' ')} failed:\n${output}`)
    return output
  }
}

/** Not for production, whose mails go only to Resend. */
function environment(place, resend) {
  return {
    ...process.env,
    ...throwawaySettings(place),
    STOP_NOTICE_SECONDS: '0',
    NODE_COMPILE_CACHE: join(place, 'compile-cache'),
    RESEND_API_KEY: 'chaos',
    RESEND_BASE_URL: resend,
    AUTH0_DOMAIN: 'chaos.example.auth0.com',
    AUTH0_CLIENT_ID: 'chaos',
    AUTH0_CLIENT_SECRET: 'chaos',
    AUTH0_MANAGEMENT_CLIENT_ID: 'chaos',
    AUTH0_MANAGEMENT_CLIENT_SECRET: 'chaos',
  }
}
