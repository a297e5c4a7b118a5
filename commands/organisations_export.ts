import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** For an organisation that leaves, or wants to keep a copy of its own. */
export default class OrganisationsExport extends Command {
  static commandName = 'organisations:export'
  static description = 'Export everything of one organisation'
  static help = [
    'Writes a ZIP with every table as JSON lines and CSV, the files of gates, and the audit trail with its',
    'verifier. The organisation’s own audit trail notes it. The file is not encrypted: hand it over safely.',
    'A run that was cut off begins anew: half an export proves nothing. What it left is removed then.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The organisation’s id, or its name if only one has it' })
  declare organisation: string

  @flags.string({ description: 'The file to write; by default organisation-<day>.zip' })
  declare output: string

  #toldAt = Date.now()

  async run() {
    if (!this.organisation) return this.refuse('Say which: --organisation=<id or name>')
    const { findOrganisation, noteOrganisationExport } = await import('#exports/organisation/found')
    const { OrganisationBundle } = await import('#exports/organisation/bundle')
    const { writeNewFile } = await import('#exports/new_file')
    const { zipStream } = await import('#exports/zip')
    const found = await findOrganisation(this.organisation)
    if ('problem' in found) return this.refuse(found.problem)
    const path = this.output ?? `organisation-${new Date().toISOString().slice(0, 10)}.zip`
    const bundle = new OrganisationBundle(found, (table, rows) => this.#tell(table, rows))
    const written = await writeNewFile(path, async () => {
      await noteOrganisationExport(found)
      return zipStream(bundle.files())
    })
    if (written.removed > 0) this.logger.warning('Removed what an earlier run had left unfinished')
    if (written.problem) return this.refuse(written.problem)
    this.logger.success(`${found.name} is written to ${path}`)
  }

  /** At most once a second: an export of little is silent. */
  #tell(table: string, rows: number) {
    if (Date.now() - this.#toldAt < 1000) return
    this.#toldAt = Date.now()
    process.stderr.write(`${table}: ${rows} rows\n`)
  }
}
