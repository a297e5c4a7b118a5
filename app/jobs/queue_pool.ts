import type { Logger } from '@adonisjs/core/logger'
import pg from 'pg'

type Connected = (error: Error | undefined, client: any, release: (error?: any) => void) => void

/**
 * The connections of the job queue. If the database goes away while the queue stops, graphile-worker 0.18 releases its
 * listening connection twice; pg answers the second time with an error that nothing there catches, and the process
 * would end.
 */
export class QueuePool extends pg.Pool {
  constructor(config: pg.PoolConfig, logger: Logger) {
    super(config)
    // pg drops broken connections itself. Unhandled, the error would end the process too.
    const hear = (error: Error) => logger.error({ err: error }, 'the job queue lost a connection')
    this.on('error', hear)
    this.on('connect', (client) => client.on('error', hear))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): any {
    if (!callback) return super.connect()
    super.connect((error, client, release) => callback(error, client, once(release)))
  }
}

function once(release: (error?: any) => void) {
  let isGiven = false
  return (error?: any) => {
    if (isGiven) return
    isGiven = true
    release(error)
  }
}
