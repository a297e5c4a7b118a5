import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Erased } from '#privacy/destruction/organisation'
import { Command } from '#commands/_command'

/** Erases a whole organisation; without --confirm it only says what would be erased. */
export default class OrganisationsErase extends Command {
  static commandName = 'organisations:erase'
  static description = 'Erase an organisation with everything it holds'
  static help = [
    'Removes every row, file, job and event of the organisation. People who belong to no other one go to the',
    'privacy desk as requests to erase. What is left is an event of the platform: who did it, when, how much was',
    'removed, and the last seal. This cannot be undone, so export it first. Continues where an earlier run was',
    'stopped. --confirm is the name in small letters and hyphens.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The organisation’s id', required: true })
  declare organisation: string

  @flags.string({
    description: 'Address of the owner or platform admin who asks for it',
    required: true,
  })
  declare by: string

  @flags.string({
    description: 'The organisation’s name as a slug: erases, instead of only saying what would go',
  })
  declare confirm: string

  async run() {
    const { olderThanErasures } = await import('#privacy/erasure/guard')
    const problem = await olderThanErasures(this.app)
    if (problem) return this.refuse(problem)
    const { destroyerNamed } = await import('#privacy/destruction/actors')
    const work = await import('#privacy/destruction/organisation')

    const slug = await work.slugOf(this.organisation)
    if (!slug && !(await work.wasErased(this.organisation))) {
      return this.refuse('There is no organisation with this id')
    }
    const by = await destroyerNamed(this.by, this.organisation)
    if (!by) return this.refuse(`${this.by} is neither an owner there nor a platform admin`)
    if (slug && !this.confirm) {
      this.#tell(await work.previewOrganisation(this.organisation))
      return this.logger.info(`Nothing was changed. Add --confirm=${slug} to erase it.`)
    }
    if (slug && this.confirm !== slug) {
      return this.refuse(`--confirm says ${this.confirm}, and the organisation is ${slug}`)
    }
    this.#tell(await work.eraseOrganisation(this.organisation, by))
    this.logger.success('The organisation is erased')
  }

  #tell({ tombstone, people }: Erased) {
    const { rows = {}, events = 0, jobs = 0, seal = null } = tombstone ?? {}
    for (const [table, count] of Object.entries(rows)) this.logger.log(`${table}: ${count}`)
    this.logger.log(`events of the audit trail: ${events}, last seal ${seal ?? 'none'}`)
    this.logger.log(`jobs: ${jobs}`)
    this.logger.log(`people who belong nowhere else: ${people.length}`)
    for (const { id } of people) this.logger.log(`  ${id}`)
  }
}
