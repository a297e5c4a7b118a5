import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/_command'

/** Writes a bundle and the verifier that needs no database to check it. */
export default class AuditExport extends Command {
  static commandName = 'audit:export'
  static description = 'Export an audit trail with a verifier that needs no database'
  static help = 'The trail itself records that it was exported. Only you can read the files.'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The organisation’s id, or its name if only one has it' })
  declare organisation: string

  @args.string({ description: 'The folder to write to' })
  declare folder: string

  @flags.string({
    description: 'Show only this project, by code or id; of all other events, only the hash',
  })
  declare project: string

  @flags.boolean({ description: 'Leave every value out' })
  declare withoutValues: boolean

  async run() {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { auditedOrganisations, inSnapshot } = await import('#audit/chain')
    const { writeBundle } = await import('#audit/exporter')
    const { recordStaffBundle } = await import('#audit/reading')
    const { encodeKeys } = await import('#audit/keys')
    const { trustedKeys } = await import('#audit/settings')
    const { trailVerifier } = await import('#audit/standalone')
    const { findAudited } = await import('#exports/organisation/found')

    const found = await findAudited(
      this.organisation,
      await auditedOrganisations(db.connection('sealer'))
    )
    if ('problem' in found) return this.refuse(found.problem)
    const project = await this.#projectIn(found.id)
    if (project === null) return this.refuse(`There is no project ${this.project}`)
    const trail = join(this.folder, 'audit.ndjson')
    if (existsSync(trail)) return this.refuse(`${trail} exists already: name another folder`)
    for (const [name, text] of Object.entries(await trailVerifier())) {
      await mkdir(dirname(join(this.folder, name)), { recursive: true, mode: 0o700 })
      await writeFile(join(this.folder, name), text, { mode: 0o600 })
    }
    await recordStaffBundle(found.id)
    const options = { project, withoutValues: this.withoutValues }
    await inSnapshot(db.connection('sealer'), found.id, (trx) =>
      pipeline(
        Readable.from(writeBundle(trx, found.id, options)),
        createWriteStream(trail, { mode: 0o600 })
      )
    )
    this.logger.success(`Written to ${this.folder}. Give the public keys by another way:`)
    this.logger.log(`node verify-audit.mjs audit.ndjson ${encodeKeys(trustedKeys())}`)
  }

  /** Its id; null if there is none. An id may be of a project that was destroyed. */
  async #projectIn(organisation: string): Promise<string | undefined | null> {
    const { validate: isUuid } = await import('uuid')
    if (!this.project || isUuid(this.project)) return this.project
    const { projectNamed } = await import('#privacy/destruction/project')
    return (await projectNamed(organisation, this.project))?.id ?? null
  }
}
