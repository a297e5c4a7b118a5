import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** A sealed copy of everything, to be stored elsewhere. */
export default class BackupCreate extends Command {
  static commandName = 'backup:create'
  static description = 'Back up the database and the files, sealed under DATA_KEY'
  static help = [
    'Writes a new folder with the database as it is at one moment and the files of gates and tasks. The service',
    'keeps running. Needs DATABASE_ADMIN_URL, a superuser. Copy the folder to another place, and keep',
    'DATA_KEY and APP_KEY apart from it: without them it cannot be read, with them it can. Back-ups beside it',
    'that are older than the 30 days of the privacy policy are removed; remove those elsewhere yourself.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The folder to write; by default backup-<moment>' })
  declare output: string

  async run() {
    const { connectAsAdministrator } = await import('#backups/database')
    const { removeExpired } = await import('#backups/expiring')
    const { BackupProblem } = await import('#backups/manifest')
    const { administratorUrl } = await import('#backups/settings')
    const { takeBackup } = await import('#backups/taking')
    const folder = this.output ?? `backup-${new Date().toISOString().replace(/[:.]/g, '-')}`
    try {
      const client = await connectAsAdministrator(administratorUrl())
      const manifest = await takeBackup(client, folder).finally(() => client.end())
      const bytes = manifest.tables.reduce((sum, table) => sum + table.bytes, 0)
      this.logger.success(
        `${folder}: ${manifest.tables.length} tables, ${bytes} bytes before packing, ${manifest.files.length} files`
      )
      const { removed, unread } = await removeExpired(folder)
      for (const path of removed) this.logger.info(`${path} was too old to be kept, and is removed`)
      for (const path of unread) {
        this.logger.warning(
          `${path} opens under none of our keys: remove it once it is 30 days old`
        )
      }
    } catch (error) {
      if (!(error instanceof BackupProblem)) throw error
      this.refuse(error.message)
    }
  }
}
