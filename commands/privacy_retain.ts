import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** Runs the nightly retention rules now; exits with 1 when one failed. */
export default class PrivacyRetain extends Command {
  static commandName = 'privacy:retain'
  static description = 'Run the retention rules now, as every night'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Count what would be deleted, and change nothing' })
  declare dryRun: boolean

  async run() {
    const { olderThanErasures } = await import('#privacy/erasure/guard')
    const problem = await olderThanErasures(this.app)
    if (problem) {
      this.refuse(problem)
      return
    }
    const { retain } = await import('#privacy/retention/round')
    for (const { dataset, cutoff, affected, error } of await retain({ dryRun: this.dryRun })) {
      const summary = `${dataset}: ${affected} rows from before ${cutoff.toISODate()}`
      if (!error) {
        this.logger.success(`${summary}${this.dryRun ? ' would go' : ''}`)
        continue
      }
      this.refuse(`${summary}, then it failed: ${error}`)
    }
  }
}
