import { BaseCommand } from '@adonisjs/core/ace'

/** What every command of ours can do. Its name hides it from the command loader. */
export abstract class Command extends BaseCommand {
  /** Says why it cannot be done, and exits with 1. */
  protected refuse(problem: string) {
    this.logger.error(problem)
    this.exitCode = 1
  }
}
