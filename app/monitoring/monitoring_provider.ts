import type { ApplicationService } from '@adonisjs/core/types'

/** Starts monitoring with the process, web or worker, and sends what is left when it ends. */
export default class MonitoringProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { metricsSettings, monitoringSettings } = await import('#config/monitoring')
    const { startMonitoring } = await import('#monitoring/sentry')
    await startMonitoring(monitoringSettings())
    if (this.app.getEnvironment() !== 'web') return
    const { startMetrics } = await import('#monitoring/metrics')
    await startMetrics(metricsSettings(), 'web')
  }

  async shutdown() {
    const { stopMonitoring } = await import('#monitoring/sentry')
    const { stopMetrics } = await import('#monitoring/metrics')
    await Promise.all([stopMonitoring(), stopMetrics()])
  }
}
