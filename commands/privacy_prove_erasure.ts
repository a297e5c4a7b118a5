import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** Searches everything for words that must not be there; exits with 1 and the places when they are. */
export default class PrivacyProveErasure extends Command {
  static commandName = 'privacy:prove-erasure'
  static description = 'Search every column, file and log for what a person was known by'
  static help = [
    'After an erasure the product no longer knows whom it was about: name the words yourself, such as',
    '--word="Ada Lovelace" --word=ada@example.org. Name log files or folders too. Prints only the places,',
    'never their content. Exits with 0 if nothing is found, 1 if something is or a log cannot be read.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.array({ description: 'A name, address or other word to search for' })
  declare word: string[]

  @flags.array({ description: 'A log file, or a folder of them' })
  declare logs: string[]

  async run() {
    if (!this.word?.length) return this.refuse('Name at least one --word')
    const { isName } = await import('#privacy/erasure/recognition')
    const short = this.word.filter((word) => !isName(word))
    if (short.length > 0) return this.refuse(`Enter at least three letters: ${short.join(', ')}`)
    const { searchFor } = await import('#privacy/erasure/proving')
    const { columns, places, unread } = await searchFor(this.word, this.logs ?? [])
    for (const path of unread) this.refuse(`${path} could not be read`)
    for (const { place, organisationId, rowKey, columns: names } of places) {
      this.logger.log(`${place} ${organisationId} ${rowKey} ${names.join(' ')}`)
    }
    const summary = `${places.length} places, ${columns} columns searched`
    if (places.length > 0) return this.refuse(summary)
    if (unread.length === 0) this.logger.success(summary)
  }
}
