import type { ApplicationService } from '@adonisjs/core/types'

/** Starts monitoring with the process, web or worker, and sends what is left as it ends. */
export default class MonitoringProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { monitoringSettings } = await import('#config/monitoring')
    const { startMonitoring } = await import('#monitoring/sentry')
    await startMonitoring(monitoringSettings())
  }

  async shutdown() {
    const { stopMonitoring } = await import('#monitoring/sentry')
    await stopMonitoring()
  }
}
