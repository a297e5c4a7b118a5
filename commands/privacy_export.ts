import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Progress } from '#exports/personal/bundle'
import type { Bundle } from '#models/privacy_export'
import { Command } from '#commands/_command'

const BUNDLES = ['access', 'portability']

/** For requests that come by mail or telephone, once it is established who asks. */
export default class PrivacyExport extends Command {
  static commandName = 'privacy:export'
  static description = 'Export everything that is held about one person'
  static help = [
    'Writes a ZIP with the person’s records, why each is held, and proofs of their audit trail. With',
    '--kind=portability only what the person brought in. An address without an account finds people',
    'outside. The export is noted in the audit trail; the file is not encrypted: hand it over safely.',
    'A run that was cut off begins anew: half an export proves nothing. What it left is removed then.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The account’s address or id' })
  declare user: string

  @flags.string({ description: 'access or portability', default: 'access' })
  declare kind: string

  @flags.string({ description: 'The file to write; by default personal-data-<day>.zip' })
  declare output: string

  #toldAt = Date.now()

  async run() {
    const problem = this.#problem()
    if (problem) return this.refuse(problem)
    const { subjectOf } = await import('#exports/personal/subject')
    const { PersonalBundle } = await import('#exports/personal/bundle')
    const { noteExport } = await import('#exports/personal/note')
    const { writeNewFile } = await import('#exports/new_file')
    const { zipStream } = await import('#exports/zip')
    const subject = await subjectOf(this.user)
    if (!subject) return this.refuse(`Nothing is held about ${this.user}`)
    const kind = this.kind as Bundle
    const path = this.output ?? `personal-data-${new Date().toISOString().slice(0, 10)}.zip`
    const bundle = new PersonalBundle(subject, kind, (progress) => this.#tell(progress))
    const written = await writeNewFile(path, async () => {
      await noteExport(subject, kind)
      return zipStream(bundle.files())
    })
    if (written.removed > 0) this.logger.warning('Removed what an earlier run had left unfinished')
    if (written.problem) return this.refuse(written.problem)
    this.logger.success(`Written to ${path}`)
  }

  #problem() {
    if (!this.user) return 'Say whose data: --user=<address or id>'
    return BUNDLES.includes(this.kind) ? null : `--kind is ${BUNDLES.join(' or ')}`
  }

  /** At most once a second: an export of little is silent. */
  #tell({ part, done, parts, rows }: Progress) {
    if (Date.now() - this.#toldAt < 1000) return
    this.#toldAt = Date.now()
    process.stderr.write(`${done}/${parts} ${part}: ${rows} records\n`)
  }
}
