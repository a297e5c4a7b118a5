import type { ApplicationService } from '@adonisjs/core/types'
import { guardEgress } from '#privacy/egress_guard'
import { processors } from '#registries/processors'

/** Puts the guard up before anything is sent; outside production this machine may be reached as well. */
export default class EgressProvider {
  #open: (() => void) | undefined

  constructor(private app: ApplicationService) {}

  async boot() {
    const { default: env } = await import('#start/env')
    const ours = processors.flatMap(({ hostSetting }) => {
      const host = hostSetting && (env.get(hostSetting as any) as string | undefined)
      return host ? [host] : []
    })
    this.#open = guardEgress({ ours, loopback: !this.app.inProduction })
  }

  async shutdown() {
    this.#open?.()
  }
}
