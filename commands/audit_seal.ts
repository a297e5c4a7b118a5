import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Seals now what the worker would seal within seconds. */
export default class AuditSeal extends BaseCommand {
  static commandName = 'audit:seal'
  static description = 'Seal every audit event whose transaction has ended'
  static options: CommandOptions = { startApp: true }

  async run() {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { sealAll, sealLag } = await import('#audit/sealer')
    const { signingKey } = await import('#audit/settings')

    const sealer = db.connection('sealer')
    const sealed = await sealAll(sealer, signingKey())
    if (sealed.length === 0) this.logger.info('Nothing waited for a seal')
    for (const { organisation, number, events, hash } of sealed) {
      this.logger.success(`${organisation}: ${events} events in seal ${number}:${hash}`)
    }
    const lag = await sealLag(sealer)
    if (lag > 0) this.logger.info(`The oldest unsealed event has waited ${lag.toFixed(1)} s`)
  }
}
