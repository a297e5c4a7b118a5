import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** Reseals, under the current key, what an earlier one sealed. */
export default class PrivacyRotateKeys extends Command {
  static commandName = 'privacy:rotate-keys'
  static description = 'Seal every encrypted column again, under the present DATA_KEY'
  static help = [
    'Move the present key to DATA_KEYS_PREVIOUS, set a new one as DATA_KEY, restart web and worker, and run',
    'this. It continues where it was interrupted. Once it finds nothing more to do, empty DATA_KEYS_PREVIOUS.',
    'Sealed files keep their key until they expire.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Count what would be sealed again, and change nothing' })
  declare dryRun: boolean

  async run() {
    const { rotateKeys } = await import('#privacy/key_rotation')
    const { ring } = await import('#encryption/key_ring')
    this.logger.info(`The key in use is ${ring().current.id}`)
    const verb = this.dryRun ? 'to seal anew' : 'sealed anew'
    const done = await rotateKeys({
      dryRun: this.dryRun,
      progress: ({ table, rows }) => this.logger.log(`${table}: ${rows} rows ${verb}`),
    })
    const rows = done.reduce((total, one) => total + one.rows, 0)
    this.logger.success(`${rows} rows ${verb}`)
    for (const { table, unreadable } of done.filter((one) => one.unreadable > 0)) {
      this.refuse(`${table}: ${unreadable} rows were left as they are. ${KEYLESS}`)
    }
  }
}

const KEYLESS =
  'No key opens them. Name the one that sealed them in DATA_KEYS_PREVIOUS or, for rows from before there was a DATA_KEY, as APP_KEY, and run this again.'
