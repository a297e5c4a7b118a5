import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Verification } from '#privacy/verification'

/** Checks every promise of the registries against the product; exits with 1 when one is broken. */
export default class PrivacyVerify extends BaseCommand {
  static commandName = 'privacy:verify'
  static description =
    'Compare the privacy registries with database, routes, answers, jobs and settings'
  static help = [
    'Starts the product on a free port of this machine, opens every public page before consent is asked for,',
    'after it was given and after it was refused, and compares what it finds with app/registries. Exits with 0',
    'if all agree, otherwise with 1 and a list.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Print the findings as JSON' })
  declare json: boolean

  async run() {
    const { verifyPrivacy } = await import('#privacy/verification')
    const stop = await this.#signIns()
    const server = await this.#serve()
    try {
      const { port } = server.address() as AddressInfo
      this.#print(await verifyPrivacy(`http://127.0.0.1:${port}`))
    } finally {
      server.closeAllConnections()
      server.close()
      await stop()
    }
  }

  /** Pages name the identity provider, which exists only where requests are served. */
  async #signIns() {
    const { default: IdentityServiceProvider } = await import('#identity/identity_service_provider')
    const provider = new IdentityServiceProvider(this.app)
    await provider.start()
    return () => provider.shutdown()
  }

  async #serve(): Promise<Server> {
    const { default: product } = await import('@adonisjs/core/services/server')
    await product.boot()
    const server = createServer((request, response) => void product.handle(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return server
  }

  #print({ checks, notes }: Verification) {
    const findings = checks.flatMap((check) => check.findings)
    if (findings.length > 0) this.exitCode = 1
    if (this.json) {
      return this.logger.log(JSON.stringify({ clean: findings.length === 0, checks, notes }))
    }
    for (const { name, findings: found } of checks) {
      if (found.length === 0) this.logger.success(name)
      else this.logger.error(`${name}: ${found.length} to mend`)
      for (const { text, mend } of found) this.logger.log(`  ${text} (${mend})`)
    }
    for (const note of notes) this.logger.info(note)
  }
}
