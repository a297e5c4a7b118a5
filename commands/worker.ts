import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** The worker process: jobs, recurring work and the sealing of the audit trail. */
export default class WorkerCommand extends Command {
  static commandName = 'worker'
  static description = 'Run jobs and seal the audit trail until stopped'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  async run() {
    const { Worker } = await import('#jobs/worker')
    const worker = new Worker(await this.app.container.make('logger'))
    this.app.terminating(() => worker.stop())
    if (!(await this.#mayBegin())) return
    const { metricsSettings } = await import('#config/monitoring')
    const { startMetrics } = await import('#monitoring/metrics')
    await startMetrics(metricsSettings(), 'worker')
    await worker.start()
    this.logger.info('Worker started')
  }

  /** A command that stays alive ends only when it is told to. */
  async #mayBegin() {
    const { mayBegin } = await import('#privacy/erasure/guard')
    try {
      return await mayBegin(this.app)
    } catch (error) {
      this.refuse((error as Error).message)
      await this.app.terminate()
      return false
    }
  }
}
