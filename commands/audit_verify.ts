import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Report } from '#audit/report'
import { Command } from '#commands/_command'

/** Verifies audit trails; exits with 1 when one of them was tampered with or is waiting for its seal. */
export default class AuditVerify extends Command {
  static commandName = 'audit:verify'
  static description = 'Verify the audit trail of one organisation or of all'
  static help = [
    'Finds every change made behind the back of the application, and tells it from lawful',
    'redaction. For one organisation, a seal noted earlier (--anchor=<number>:<hash>) proves that nothing was',
    'cut off since. --waiting accepts events that wait for their seal, however long, as in a restored back-up.',
    'Exits with 0 if all is well, 1 if not.',
  ].join(' ')
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'An organisation’s id or name, or "all"', default: 'all' })
  declare organisation: string

  @flags.array({ description: 'A seal noted earlier, as <number>:<hash>' })
  declare anchor: string[]

  @flags.boolean({ description: 'Accept events that wait for their seal, however long' })
  declare waiting: boolean

  @flags.boolean({ description: 'Print one JSON report per organisation' })
  declare json: boolean

  async run() {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { auditedOrganisations, verifyOrganisation } = await import('#audit/chain')
    const { trustedKeys } = await import('#audit/settings')

    const { anchors, problem: unread } = await this.#anchors()
    if (unread) return this.refuse(unread)
    const sealer = db.connection('sealer')
    const options = {
      keys: trustedKeys(),
      anchors,
      lagAllowedSeconds: this.waiting ? Infinity : undefined,
    }
    const audited = await auditedOrganisations(sealer)
    const { organisations, problem } = await this.#chosen(audited)
    if (problem) return this.refuse(problem)
    if (organisations.length === 0 && !this.json) this.logger.info('Nothing was audited yet')
    for (const organisation of organisations) {
      const report = await verifyOrganisation(sealer, organisation, options, (events) =>
        this.#progress(organisation, events)
      )
      this.#print(report)
      if (!report.clean) this.exitCode = 1
    }
  }

  async #chosen(audited: string[]): Promise<{ organisations: string[]; problem?: string }> {
    if (this.organisation === 'all') return { organisations: audited }
    const { findAudited } = await import('#exports/organisation/found')
    const found = await findAudited(this.organisation, audited)
    return 'problem' in found ? { organisations: [], ...found } : { organisations: [found.id] }
  }

  async #anchors(): Promise<{ anchors?: Map<string, string>; problem?: string }> {
    if (this.anchor?.length && this.organisation === 'all') {
      return { problem: '--anchor belongs to one organisation: name it with --organisation' }
    }
    const { anchorsIn } = await import('#audit/anchors')
    try {
      return { anchors: anchorsIn(this.anchor ?? []) }
    } catch (error) {
      return { problem: (error as Error).message }
    }
  }

  #progress(organisation: string, events: number) {
    if (!this.json && events > 0) this.logger.info(`${organisation}: ${events} events so far`)
  }

  #print(report: Report) {
    if (this.json) return this.logger.log(JSON.stringify({ ...report, clean: report.clean }))
    const { organisation, events, seals, redacted, removed, unsealed, lastSeal } = report
    const counts = `${events} events, ${seals} seals, ${redacted} values redacted`
    const gone = removed > 0 ? `, ${removed} events removed with their project` : ''
    const summary = `${organisation}: ${counts}${gone}, ${unsealed} events not sealed yet`
    if (report.clean) this.logger.success(summary)
    else this.logger.error(`${summary}: ${report.problemCount} problems`)
    if (lastSeal) this.logger.log(`  last seal ${lastSeal.number}:${lastSeal.hash}`)
    for (const { code, detail } of report.problems) this.logger.log(`  ${code} ${detail}`)
  }
}
