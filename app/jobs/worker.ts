import { EventEmitter } from 'node:events'
import type { Logger } from '@adonisjs/core/logger'
import {
  Logger as QueueLogger,
  parseCronItems,
  run,
  type Job,
  type Runner,
  type WorkerEvents,
} from 'graphile-worker'
import env from '#start/env'
import { jobs, type Jobs } from '#jobs/index'
import { Leases } from '#jobs/leases'
import { QueuePool } from '#jobs/queue_pool'
import { observeQueues } from '#monitoring/metrics'
import { Sealing } from '#jobs/sealing'
import { cronItemsOf, tasksOf } from '#jobs/tasks'

const CONCURRENCY = 4

/** How long running jobs may continue after the order to stop; then they return to the queue. */
const GRACE = 4000

/** How long to wait before restarting a queue that gave up. */
const PAUSE = 2000

/**
 * The outcome of a job is written separately: an error in that would have the queue end the process. Instead it gives
 * up, and is restarted.
 */
const APART = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }

/** Runs jobs and seals the audit trail until it is stopped. Any number of workers may run at once. */
export class Worker {
  #runner: Runner | undefined
  #sealing: Sealing
  #leases: Leases
  #again: NodeJS.Timeout | undefined
  #stopped = false

  constructor(
    private logger: Logger,
    private registry: Jobs = jobs
  ) {
    this.#sealing = new Sealing(logger)
    this.#leases = new Leases(logger)
  }

  /** Also while the database is down: the queue starts when it is back. */
  async start() {
    await this.#begin().catch((error) => this.#beginAgain(error))
    if (this.#stopped) return
    this.#sealing.start()
    this.#leases.start()
    observeQueues()
  }

  async stop() {
    this.#stopped = true
    clearTimeout(this.#again)
    await Promise.all([this.#sealing.stop(), this.#leases.stop(), this.#stopRunner()])
  }

  async #begin() {
    const events: WorkerEvents = new EventEmitter()
    this.#leases.watch(events)
    const connectionString = env.get('DATABASE_URL')
    const pgPool = new QueuePool({ connectionString, max: CONCURRENCY + 2 }, this.logger)
    // It ends with the queue, or with the attempt to start it.
    const end = () => void pgPool.end().catch(() => {})
    const running = run({
      pgPool,
      taskList: tasksOf(this.registry),
      parsedCronItems: parseCronItems(cronItemsOf(this.registry)),
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      logger: queueLogger(this.logger),
      preset: APART,
      events,
    })
    running.then(({ promise }) => promise).then(end, end)
    this.#runner = await running
    this.#runner.promise.then(
      () => this.#beginAgain(),
      (error) => this.#beginAgain(error)
    )
    if (this.#stopped) await this.#stopRunner()
  }

  /** The queue gives up if it loses the database at the wrong moment, and does not start without it. */
  #beginAgain(error?: unknown) {
    if (this.#stopped) return
    this.logger.error({ err: error }, 'the job queue has ended and is begun anew')
    this.#runner = undefined
    this.#again = setTimeout(() => {
      this.#begin().catch((failure) => this.#beginAgain(failure))
    }, PAUSE)
  }

  async #stopRunner() {
    const runner = this.#runner
    this.#runner = undefined
    if (!runner) return
    const late = setTimeout(() => void runner.kill('shutting down').catch(() => {}), GRACE)
    await runner.stop().catch(() => {})
    clearTimeout(late)
  }
}

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const

function queueLogger(logger: Logger) {
  return new QueueLogger(() => (level, message, meta) => {
    const facts = { job: meta?.job && idsOf(meta.job as Job), err: meta?.error }
    // The queue repeats the error in its message; the log has it as `err`.
    logger[LEVELS[level]](facts, message.split(' with error ')[0])
  })
}

function idsOf({ id, task_identifier: name, attempts }: Job) {
  return { id, name, attempts }
}
