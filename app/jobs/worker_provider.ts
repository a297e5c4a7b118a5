import type { ApplicationService } from '@adonisjs/core/types'
import type { Worker } from '#jobs/worker'

/** Runs the worker inside the web process, so that `npm start` needs no second one. */
export default class WorkerProvider {
  #worker: Worker | undefined
  #isEnding = false

  constructor(private app: ApplicationService) {}

  async ready() {
    const { default: env } = await import('#start/env')
    if (!env.get('WORKER_IN_PROCESS')) return
    const { Worker: InProcess } = await import('#jobs/worker')
    const logger = await this.app.container.make('logger')
    if (this.#isEnding) return
    this.#worker = new InProcess(logger)
    await this.#worker.start()
  }

  async shutdown() {
    this.#isEnding = true
    await this.#worker?.stop()
  }
}
