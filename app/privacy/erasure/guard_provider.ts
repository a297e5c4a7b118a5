import type { ApplicationService } from '@adonisjs/core/types'

/**
 * Keeps production from serving a database that was restored from before an erasure: whoever was erased
 * since would stand in it again.
 */
export default class ErasureGuardProvider {
  constructor(private app: ApplicationService) {}

  async start() {
    if (!this.app.inProduction) return
    const { unknownTombstones } = await import('#privacy/erasure/replaying')
    const unknown = await unknownTombstones()
    if (unknown.length === 0) return
    throw new Error(
      `${unknown.length} people were erased after this database was backed up. ` +
        'Run "node ace.js privacy:replay-erasures" before it serves.'
    )
  }
}
