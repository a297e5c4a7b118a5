import type { ApplicationService } from '@adonisjs/core/types'
import { guardEgress } from '#privacy/egress_guard'
import { processors } from '#registries/processors'

/** Installs the guard before anything is sent; outside production this machine may be reached as well. */
export default class EgressProvider {
  #open: (() => void) | undefined

  constructor(private app: ApplicationService) {}

  async boot() {
    const { default: env } = await import('#start/env')
    const ours = processors.flatMap(({ hostSetting }) => {
      const host = hostSetting && (env.get(hostSetting) as string | undefined)
      return host ? [host] : []
    })
    const endpoint = env.get('OTEL_EXPORTER_OTLP_ENDPOINT')
    const collector = endpoint && new URL(endpoint).origin
    this.#open = guardEgress({ ours, loopback: !this.app.inProduction, collector })
    if (!collector) return
    const logger = await this.app.container.make('logger')
    logger.info({ collector }, 'metrics go to the collector of whoever runs this')
  }

  async shutdown() {
    this.#open?.()
  }
}
