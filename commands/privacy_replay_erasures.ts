import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Replayed } from '#privacy/erasure/replaying'

/** Erases again everyone erased after the back-up from which this database was restored. */
export default class PrivacyReplayErasures extends BaseCommand {
  static commandName = 'privacy:replay-erasures'
  static description =
    'After a restore: erase again everyone named in the notes outside the database'
  static help = [
    'Reads the notes in the bucket of FILES_S3_BUCKET, or else in the file of ERASURE_TOMBSTONES, and erases',
    'each account that was erased before and is in the database again. Run it after each restore: in production',
    'neither web nor worker starts before it has run. If there are both, it copies the notes of the file into',
    'the bucket.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  async run() {
    const { replayErasures } = await import('#privacy/erasure/replaying')
    const replayed = await replayErasures((one) => this.#tell(one))
    if (replayed.length === 0) this.logger.info('This database knows of every erasure')
  }

  #tell({ tombstone, outcome }: Replayed) {
    this.logger.log(`${tombstone.label}: ${this.#result(outcome, tombstone.erasure)}`)
  }

  #result(outcome: Replayed['outcome'], erasure: string) {
    if (outcome.status === 'finished') return 'erased again, and proved'
    if (outcome.status === 'absent') return 'not in this database'
    const { step, failure, retryAt } = outcome
    return retryAt
      ? `the step ${step} waits (${failure}) until ${retryAt.toISOString()}; the worker goes on then`
      : `erased again; a reader is needed at /admin/privacy/erasures/${erasure}`
  }
}
