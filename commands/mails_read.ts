import { args } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** Shows the mails that no mailbox receives while someone tries the product on their own machine. */
export default class MailsRead extends Command {
  static commandName = 'mails:read'
  static description = 'Show the last mail of the platform that was kept instead of sent'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The address it was sent to' })
  declare address: string

  async run() {
    const { lastKept } = await import('#mails/kept')

    if (this.app.inProduction) return this.refuse('In production only their readers can read mails')
    const mail = await lastKept(this.address)
    if (!mail?.textBody) return this.refuse(`No mail of the platform was kept for ${this.address}`)
    this.logger.log(`${mail.subject}\n\n${mail.textBody}`)
  }
}
