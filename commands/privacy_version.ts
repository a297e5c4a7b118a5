import { flags } from '@adonisjs/core/ace'
import { Command } from '#commands/_command'

/** Stores the present policy with what changed in it, as the tests require after every change. */
export default class PrivacyVersion extends Command {
  static commandName = 'privacy:version'
  static description = 'Publish the present privacy policy as a new version'
  static help = [
    'Writes resources/policies/<day>.json. A material version is shown to everyone until they dismiss',
    'it, and mailed to account holders. --amend rewrites the newest version instead, while nobody has',
    'seen it.',
  ].join(' ')

  @flags.array({ description: 'What changed, in one sentence for readers; can be repeated' })
  declare summary: string[]

  @flags.boolean({ description: 'It changes what people could expect' })
  declare material: boolean

  @flags.string({ description: 'The day it takes effect; by default today' })
  declare effective: string

  @flags.boolean({ description: 'Rewrite the newest version' })
  declare amend: boolean

  async run() {
    const { DateTime } = await import('luxon')
    const { currentVersion, writeVersion } = await import('#registries/policy_versions')
    const newest = currentVersion()
    const today = new Date().toISOString().slice(0, 10)
    if (!this.amend && (!this.summary?.length || newest.version === today)) {
      this.refuse(
        newest.version === today
          ? `There is a version of today already: --amend`
          : 'Say what changed: --summary="…"'
      )
      return
    }
    if (this.effective && DateTime.fromISO(this.effective).toISODate() !== this.effective) {
      return this.refuse('--effective is a day, such as 2027-01-31')
    }
    const { version, effectiveOn, material, summary } = newest
    writeVersion({
      version: this.amend ? version : today,
      effectiveOn: this.effective ?? (this.amend ? effectiveOn : today),
      material: this.material ?? (this.amend ? material : false),
      summary: this.summary ?? summary,
    })
    this.logger.success(`resources/policies/${this.amend ? version : today}.json`)
  }
}
