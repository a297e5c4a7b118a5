import type { Logger } from '@adonisjs/core/logger'
import { Logger as QueueLogger, parseCronItems, run, type Runner } from 'graphile-worker'
import env from '#start/env'
import { jobs, type Jobs } from '#jobs/index'
import { observeQueues } from '#monitoring/metrics'
import { Sealing } from '#jobs/sealing'
import { cronItemsOf, tasksOf } from '#jobs/tasks'

const CONCURRENCY = 4

/** How long jobs under way may go on after the order to stop; they return to the queue then. */
const GRACE = 4000

/** Runs jobs and seals the audit trail until it is stopped. Any number of them may run side by side. */
export class Worker {
  #runner: Runner | undefined
  #sealing: Sealing

  constructor(
    private logger: Logger,
    private registry: Jobs = jobs
  ) {
    this.#sealing = new Sealing(logger)
  }

  async start() {
    this.#runner = await run({
      connectionString: env.get('DATABASE_URL'),
      taskList: tasksOf(this.registry),
      parsedCronItems: parseCronItems(cronItemsOf(this.registry)),
      concurrency: CONCURRENCY,
      maxPoolSize: CONCURRENCY + 2,
      noHandleSignals: true,
      logger: queueLogger(this.logger),
    })
    this.#sealing.start()
    observeQueues()
  }

  /** Ends when the queue gives up, as after losing the database for good; throws its reason. */
  get ended(): Promise<void> {
    return this.#runner?.promise ?? Promise.resolve()
  }

  async stop() {
    await Promise.all([this.#sealing.stop(), this.#stopRunner()])
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
    const facts = { job: meta?.job && idsOf(meta.job), err: meta?.error }
    // The queue quotes the error in its message; the log has it as `err`.
    logger[LEVELS[level]](facts, message.split(' with error ')[0])
  })
}

function idsOf({ id, task_identifier: name, attempts }: any) {
  return { id, name, attempts }
}
