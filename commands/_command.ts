import { BaseCommand } from '@adonisjs/core/ace'

/** What every command of ours can do. Its name keeps the loader of commands away. */
export abstract class Command extends BaseCommand {
  /** Says why it cannot be done, and ends with 1. */
  protected refuse(problem: string) {
    this.logger.error(problem)
    this.exitCode = 1
  }
}
