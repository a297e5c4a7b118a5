import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** The worker process: jobs, recurring work and the sealing of the audit trail. */
export default class WorkerCommand extends BaseCommand {
  static commandName = 'worker'
  static description = 'Run jobs and seal the audit trail until stopped'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  async run() {
    const { Worker } = await import('#jobs/worker')
    const worker = new Worker(await this.app.container.make('logger'))
    this.app.terminating(() => worker.stop())
    const { mayBegin } = await import('#privacy/erasure/guard')
    if (!(await mayBegin(this.app))) return
    const { metricsSettings } = await import('#config/monitoring')
    const { startMetrics } = await import('#monitoring/metrics')
    await startMetrics(metricsSettings(), 'worker')
    await worker.start()
    this.logger.info('Worker started')
  }
}
