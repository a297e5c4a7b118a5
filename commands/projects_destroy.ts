import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Tombstone } from '#privacy/destruction/removal'
import { Command } from '#commands/_command'

/** Destroys a project with its audit trail; without --confirm it only says what would be destroyed. */
export default class ProjectsDestroy extends Command {
  static commandName = 'projects:destroy'
  static description = 'Destroy a closed or cancelled project with everything in it'
  static help = [
    'Removes the project, what belongs to it, its files and its part of the audit trail. What is left is an',
    'event: who did it, when, how much was removed, and the hashes with which the organisation’s chain still',
    'verifies. This cannot be undone. --confirm is the project’s code.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The organisation’s id', required: true })
  declare organisation: string

  @flags.string({ description: 'The project’s code', required: true })
  declare project: string

  @flags.string({
    description: 'Address of the owner or platform admin who asks for it',
    required: true,
  })
  declare by: string

  @flags.string({
    description: 'The project’s code: destroys, instead of only saying what would go',
  })
  declare confirm: string

  async run() {
    const { olderThanErasures } = await import('#privacy/erasure/guard')
    const problem = await olderThanErasures(this.app)
    if (problem) return this.refuse(problem)
    const { destroyerNamed } = await import('#privacy/destruction/actors')
    const { slugOf } = await import('#privacy/destruction/organisation')
    const { projectNamed } = await import('#privacy/destruction/project')
    const { removeProject } = await import('#privacy/destruction/removal')

    if (!(await slugOf(this.organisation))) {
      return this.refuse('There is no organisation with this id')
    }
    const by = await destroyerNamed(this.by, this.organisation)
    if (!by) return this.refuse(`${this.by} is neither an owner there nor a platform admin`)
    const project = await projectNamed(this.organisation, this.project)
    if (!project) return this.refuse('There is no such project')
    if (!project.isOver) return this.refuse('Close or cancel the project first')
    if (this.confirm && this.confirm !== project.code) {
      return this.refuse(`--confirm says ${this.confirm}, and the project is ${project.code}`)
    }
    const dryRun = !this.confirm
    this.#tell(await removeProject(this.organisation, project.id, { ...by, dryRun }), project.code)
  }

  #tell({ id, rows, events, root, seal }: Tombstone, code: string) {
    for (const [table, count] of Object.entries(rows)) this.logger.log(`${table}: ${count}`)
    this.logger.log(`events of the audit trail: ${events}`)
    if (!id) return this.logger.info(`Nothing was changed. Add --confirm=${code} to destroy it.`)
    this.logger.success(`${code} is destroyed. Tombstone ${id}`)
    this.logger.log(`  root ${root}, last seal ${seal ?? 'none'}`)
  }
}
