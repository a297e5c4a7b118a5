import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { ExportCommand } from '#commands/_export_command'

/** For an organisation that is leaving, or wants a copy of its own. */
export default class OrganisationsExport extends ExportCommand {
  static commandName = 'organisations:export'
  static description = 'Export everything of one organisation'
  static help = [
    'Writes a ZIP with every table as JSON lines and CSV, all files, and the audit trail with its',
    'verifier. The organisation’s audit trail records it. The file is not encrypted: hand it over safely.',
    'After an interrupted run, run it again: it starts afresh and removes what was left.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'The organisation’s id, or its name if only one has it' })
  declare organisation: string

  @flags.string({ description: 'The file to write; by default organisation-<day>.zip' })
  declare output: string

  async run() {
    if (!this.organisation) return this.refuse('Say which: --organisation=<id or name>')
    const { findOrganisation, noteOrganisationExport } = await import('#exports/organisation/found')
    const { OrganisationBundle } = await import('#exports/organisation/bundle')
    const { zipStream } = await import('#exports/zip')
    const found = await findOrganisation(this.organisation)
    if ('problem' in found) return this.refuse(found.problem)
    const path = this.output ?? this.dated('organisation')
    const bundle = new OrganisationBundle(found, (table, rows) =>
      this.tell(`${table}: ${rows} rows`)
    )
    const isWritten = await this.write(path, async () => {
      await noteOrganisationExport(found)
      return zipStream(bundle.files())
    })
    if (isWritten) this.logger.success(`${found.name} is written to ${path}`)
  }
}
