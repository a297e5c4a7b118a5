import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Runs the nightly round of retention now; ends with 1 when a rule failed. */
export default class PrivacyRetain extends BaseCommand {
  static commandName = 'privacy:retain'
  static description = 'Take out what the rules of retention end, as the nightly round does'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Count what would go, and change nothing' })
  declare dryRun: boolean

  async run() {
    const { olderThanErasures } = await import('#privacy/erasure/guard')
    const problem = await olderThanErasures(this.app)
    if (problem) {
      this.logger.error(problem)
      this.exitCode = 1
      return
    }
    const { retain } = await import('#privacy/retention/round')
    for (const { dataset, cutoff, affected, error } of await retain({ dryRun: this.dryRun })) {
      const summary = `${dataset}: ${affected} rows from before ${cutoff.toISODate()}`
      if (!error) {
        this.logger.success(`${summary}${this.dryRun ? ' would go' : ''}`)
        continue
      }
      this.logger.error(`${summary}, then it failed: ${error}`)
      this.exitCode = 1
    }
  }
}
