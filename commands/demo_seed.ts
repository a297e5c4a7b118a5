import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class DemoSeed extends BaseCommand {
  static commandName = 'demo:seed'
  static description = 'Create the demo people, organisations and projects, unless they stand'
  static options: CommandOptions = { startApp: true }

  async run() {
    if (this.app.inProduction) {
      this.logger.error('The demo organisation does not belong in production')
      this.exitCode = 1
      return
    }
    const { seedDemo } = await import('#database/demo/seed')
    const seeded = await seedDemo()
    this.logger.info(seeded ? 'Demo organisation created' : 'Demo organisation stands already')
  }
}
