import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Erasable } from '#privacy/erasure/door'
import type { Outcome } from '#privacy/erasure/run'
import { Command } from '#commands/_command'

/** Erases a person; without --confirm it only says what it would do. */
export default class PrivacyErase extends Command {
  static commandName = 'privacy:erase'
  static description = 'Erase a person: account, records, audit values; with a proof at the end'
  static help = [
    'Says what each step would do. With --confirm it does it, and continues where an earlier run was',
    'stopped. Texts that may name the person wait under /admin/privacy/erasures for someone to read them;',
    'the worker continues after that. Exits with 0 when finished or waiting, 1 if it cannot begin.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The address or the id of the account', required: true })
  declare user: string

  @flags.boolean({ description: 'Erase, instead of only saying what would be done' })
  declare confirm: boolean

  async run() {
    const { olderThanErasures } = await import('#privacy/erasure/guard')
    const problem = await olderThanErasures(this.app)
    if (problem) return this.refuse(problem)
    const { accountNamed } = await import('#privacy/erasure/accounts')
    const person = await accountNamed(this.user)
    if (!person) return this.refuse(NONE)
    if (!this.confirm) return this.#preview(person)
    await this.#erase(person)
  }

  async #preview(person: Erasable) {
    const { previewErasure } = await import('#privacy/erasure/preview')
    const { soleOwner, soleOwnerships } = await import('#privacy/erasure/start')
    const owned = await soleOwnerships(person.id)
    if (owned.length > 0) this.logger.warning(soleOwner(owned))
    for (const { name, title, counts } of await previewErasure(person)) {
      this.logger.log(`${name.padEnd(9)} ${title}${counts ? `: ${inWords(counts)}` : ''}`)
    }
    this.logger.info('Nothing was changed. Add --confirm to erase.')
  }

  async #erase(person: Erasable) {
    const { startErasure } = await import('#privacy/erasure/start')
    const { runErasure } = await import('#privacy/erasure/run')
    const { default: Tenancy, PLATFORM } = await import('#tenancy/tenancy')
    try {
      const { id, label } = await Tenancy.system(PLATFORM, () =>
        startErasure({ userId: person.id, requestId: null, startedBy: null, workAt: ifCutOff() })
      )
      this.logger.info(`Erasure ${id}: ${label}`)
      this.#tell(await runErasure(id, (step, part) => this.#progress(step, part)), id)
    } catch (error: any) {
      if (error.code !== 'E_VALIDATION_ERROR') throw error
      this.refuse(error.messages[0].message)
    }
  }

  #progress(step: string, part: string) {
    this.logger.log(`${step.padEnd(9)} ${part}`)
  }

  #tell(outcome: Outcome, id: string) {
    if (outcome.status === 'finished') return this.logger.success('Finished and proved')
    const { step, failure, retryAt } = outcome
    const until = retryAt
      ? `until ${retryAt.toISOString()}; the worker goes on then`
      : `for the desk: /admin/privacy/erasures/${id}`
    this.logger.warning(`The step ${step} waits (${failure}) ${until}`)
  }
}

const NONE =
  'There is no such account. People without one are erased from their request, under /admin/privacy.'

/** A worker that started at once would do everything in parallel with this command. */
function ifCutOff() {
  return new Date(Date.now() + 15 * 60_000)
}

function inWords(counts: Record<string, number>) {
  const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  return parts.join(', ') || 'nothing'
}
