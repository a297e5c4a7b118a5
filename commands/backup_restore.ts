import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** Restores everything from a copy, and proves it. */
export default class BackupRestore extends Command {
  static commandName = 'backup:restore'
  static description = 'Restore a back-up into a new, migrated database, verify it, and erase again'
  static help = [
    'First migrate the database of DATABASE_URL with the release that made the back-up; it must hold no',
    'organisation. DATABASE_ADMIN_URL is a superuser of its server. This compares everything it reads back,',
    'verifies every audit trail, and erases again everyone erased since, as privacy:replay-erasures does. Everyone',
    'must sign in again. With --check nothing is written: every part is opened and compared with its hash.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The folder that backup:create wrote' })
  declare from: string

  @flags.boolean({ description: 'Only read the back-up, and say whether it is whole' })
  declare check: boolean

  async run() {
    if (!this.from) return this.refuse('Say which: --from=<folder>')
    const { BackupProblem } = await import('#backups/manifest')
    const { NotOpened } = await import('#encryption/key_ring')
    try {
      await this.#read()
    } catch (error) {
      if (!(error instanceof BackupProblem) && !(error instanceof NotOpened)) throw error
      this.refuse((error as Error).message)
    }
  }

  async #read() {
    const { checkBackup, readManifest } = await import('#backups/restoring')
    const manifest = await readManifest(this.from)
    await checkBackup(this.from, manifest)
    this.logger.success(`${this.from} is whole, as of ${manifest.takenAt}`)
    if (this.check) return
    await this.#restore(manifest)
    // What was waiting for its seal when the back-up was taken is still waiting: the worker seals it.
    await this.kernel
      .exec('audit:verify', ['--waiting'])
      .then((command) => this.#take(command.exitCode))
    await this.kernel
      .exec('privacy:replay-erasures', [])
      .then((command) => this.#take(command.exitCode))
  }

  async #restore(manifest: import('#backups/manifest').Manifest) {
    const { connectAsAdministrator } = await import('#backups/database')
    const { restoreBackup } = await import('#backups/restoring')
    const { administratorUrl } = await import('#backups/settings')
    const client = await connectAsAdministrator(administratorUrl())
    await restoreBackup(client, this.from, manifest).finally(() => client.end())
    this.logger.success(`Restored ${manifest.tables.length} tables, each reads as it was backed up`)
  }

  #take(exitCode: number | undefined) {
    if (exitCode) this.exitCode = exitCode
  }
}
