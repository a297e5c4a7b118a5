import type { Server } from 'node:http'
import type { ApplicationService } from '@adonisjs/core/types'
import { stopping } from '#serving/stopping'

/** Longer than proxies keep an idle connection: one that we close first may meet a request on its way. */
const KEEP_ALIVE = 75_000

/** Makes a web process stop in order: it announces it, stops accepting, and finishes what is under way. */
export default class StoppingProvider {
  constructor(private app: ApplicationService) {}

  async ready() {
    const { pace } = await import('#config/stopping')
    const server = (await this.app.container.make('server')).getNodeServer() as Server
    server.keepAliveTimeout = KEEP_ALIVE
    stopping.watch(server)
    // Hooks run from the last to the first: before the one that closes the server.
    this.app.terminating(() => stopping.begin(server, pace))
  }

  shutdown() {
    return stopping.end()
  }
}
