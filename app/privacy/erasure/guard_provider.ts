import { StartRefused } from '#config/start_refused'
import type { ApplicationService } from '@adonisjs/core/types'

/** Keeps production from serving a database that was restored from before an erasure. */
export default class ErasureGuardProvider {
  constructor(private app: ApplicationService) {}

  async start() {
    if (!this.app.inProduction) return
    const { mayBegin } = await import('#privacy/erasure/guard')
    if (!(await mayBegin(this.app))) throw new StartRefused('Told to stop before it began to serve')
  }
}
