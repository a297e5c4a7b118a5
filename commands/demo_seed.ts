import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** What there is to look at after `npm start`. */
export default class DemoSeed extends Command {
  static commandName = 'demo:seed'
  static description = 'Create the demo people, organisations and projects, unless they exist'
  static options: CommandOptions = { startApp: true }

  async run() {
    if (this.app.inProduction) {
      return this.refuse('The demo organisation does not belong in production')
    }
    const { seedDemo } = await import('#database/demo/seed')
    const seeded = await seedDemo()
    this.logger.info(seeded ? 'Demo organisation created' : 'The demo organisation exists already')
  }
}
