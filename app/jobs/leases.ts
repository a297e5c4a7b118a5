import type { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import type { WorkerEvents } from 'graphile-worker'
import { Rhythm } from '#jobs/rhythm'
import { sql } from '#tenancy/sql'

/** How long a job stays locked when no worker claims to be running it. The queue alone would wait for four hours. */
const SECONDS = 30
const PAUSE = 10_000

/**
 * Turns the lock on a job into a lease: a worker renews the leases of its own jobs, and frees those that no one renews
 * because their worker was killed or never heard that it was given them.
 */
export class Leases {
  #atHand = new Set<string>()
  #worker = ''
  #inTouch = false
  #rhythm: Rhythm

  constructor(
    private logger: Logger,
    pause = PAUSE
  ) {
    this.#rhythm = new Rhythm(() => this.round(), pause)
  }

  /** Learns from the queue's events which jobs this worker has. */
  watch(events: WorkerEvents) {
    this.#atHand.clear()
    events.on('pool:create', ({ workerPool }) => (this.#worker = workerPool.id))
    events.on('job:start', ({ job }) => this.#atHand.add(job.id))
    events.on('job:complete', ({ job }) => this.#atHand.delete(job.id))
  }

  start() {
    this.#rhythm.start()
  }

  stop() {
    return this.#rhythm.stop()
  }

  /**
   * After a time without the database, the others' leases have expired as well: nothing is freed before they have had
   * as long as this worker to renew them.
   */
  async round() {
    try {
      await this.#renew()
      if (this.#inTouch) await this.#free()
      this.#inTouch = true
    } catch (error) {
      this.#inTouch = false
      this.logger.error({ err: error }, 'jobs could not be kept locked')
    }
  }

  #renew() {
    return sql(
      db,
      `update graphile_worker._private_jobs set locked_at = now()
        where locked_by = ? and id = any(?::bigint[])`,
      [this.#worker, [...this.#atHand]]
    )
  }

  async #free() {
    const freed = await sql<{ id: string }>(
      db,
      `update graphile_worker._private_jobs set locked_at = null, locked_by = null
        where locked_at < now() - make_interval(secs => ?) returning id`,
      [SECONDS]
    )
    if (freed.length === 0) return
    this.logger.warn({ jobs: freed.map(({ id }) => id) }, 'jobs of a lost worker were freed')
  }
}
