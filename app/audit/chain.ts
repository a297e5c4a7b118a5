import type { Sql } from '#audit/reader'
import { readChain } from '#audit/reader'
import type { Report } from '#audit/report'
import { Verifier, type VerifierOptions } from '#audit/verifier'

type Snapshots = Sql & {
  transaction<T>(work: (trx: any) => Promise<T>, options?: any): Promise<T>
}

/** Every organisation that has an audit trail; the sealer's connection may ask. */
export async function auditedOrganisations(sealer: Sql): Promise<string[]> {
  const { rows } = await sealer.rawQuery('select audit.organisations() as id')
  return rows.map(({ id }) => id)
}

/** Runs `work` on one organisation's trail as it is now, whatever is written meanwhile. */
export function inSnapshot<T>(
  client: Snapshots,
  organisation: string,
  work: (trx: Sql) => Promise<T>
) {
  // It only reads, so no commit can be refused.
  // oxlint-disable-next-line house/commits-are-told
  return client.transaction(
    async (trx) => {
      await trx.rawQuery(`select set_config('app.organisation_id', ?, true)`, [organisation])
      return work(trx)
    },
    { isolationLevel: 'repeatable read', readOnly: true }
  )
}

/** Verifies one organisation's trail in the database; `progress` hears the events so far. */
export function verifyOrganisation(
  client: Snapshots,
  organisation: string,
  options: Omit<VerifierOptions, 'now'>,
  progress: (events: number) => void = () => {}
): Promise<Report> {
  return inSnapshot(client, organisation, async (trx) => {
    const verifier = new Verifier(organisation, { ...options, now: new Date() })
    for await (const row of readChain(trx, organisation)) {
      verifier.next(row)
      if (verifier.report.events % 10_000 === 0) progress(verifier.report.events)
    }
    return verifier.finish()
  })
}
