import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Bundle } from '#models/privacy_export'
import { ExportCommand } from '#commands/_export_command'

const BUNDLES = ['access', 'portability']

/** For requests that come by mail or telephone, once it is established who asks. */
export default class PrivacyExport extends ExportCommand {
  static commandName = 'privacy:export'
  static description = 'Export everything that is held about one person'
  static help = [
    'Writes a ZIP with the person’s records, why each is held, and proofs of their audit trail. With',
    '--kind=portability only what the person provided. An address without an account finds external people and whoever asked or was mailed.',
    'The audit trail records the export. The file is not encrypted: hand it over safely.',
    'After an interrupted run, run it again: it starts afresh and removes what was left.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The account’s address or id' })
  declare user: string

  @flags.string({ description: 'access or portability', default: 'access' })
  declare kind: string

  @flags.string({ description: 'The file to write; by default personal-data-<day>.zip' })
  declare output: string

  async run() {
    const problem = this.#problem()
    if (problem) return this.refuse(problem)
    const { subjectOf } = await import('#exports/personal/subject')
    const { PersonalBundle } = await import('#exports/personal/bundle')
    const { noteExport } = await import('#exports/personal/note')
    const { zipStream } = await import('#exports/zip')
    const subject = await subjectOf(this.user)
    if (!subject) return this.refuse(`Nothing is held about ${this.user}`)
    const kind = this.kind as Bundle
    const path = this.output ?? this.dated('personal-data')
    const bundle = new PersonalBundle(subject, kind, ({ part, done, parts, rows }) =>
      this.tell(`${done}/${parts} ${part}: ${rows} records`)
    )
    const isWritten = await this.write(path, async () => {
      await noteExport(subject, kind)
      return zipStream(bundle.files())
    })
    if (isWritten) this.logger.success(`Written to ${path}`)
  }

  #problem() {
    if (!this.user) return 'Say whose data: --user=<address or id>'
    return BUNDLES.includes(this.kind) ? null : `--kind is ${BUNDLES.join(' or ')}`
  }
}
