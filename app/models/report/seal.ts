import { sha256 } from '#models/pack/canonical'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * How a published report compares with its seal: whole as it was published, or without a person who was erased since,
 * according to the audit trail, or changed without authority.
 */
type SealStanding = 'whole' | 'redacted' | 'broken'

type Published = { body: string; sha256: string }

/** Follows the redactions in the trail from the sealed hash to that of the present text. */
export async function standingOf(
  reportId: string,
  { body, sha256: sealed }: Published
): Promise<SealStanding> {
  const present = sha256(body)
  if (present === sealed) return 'whole'
  const reached = (await redactionsOf(reportId)).reduce(
    (hash, { former, seal }) => (former === hash ? seal : hash),
    sealed
  )
  return reached === present ? 'redacted' : 'broken'
}

function redactionsOf(reportId: string): Promise<{ former: string; seal: string }[]> {
  const { trx, organisationId } = Tenancy.current()
  return sql(
    trx,
    `select facts->>'former' as former, facts->>'seal' as seal from audit.events
      where organisation_id = ? and entity_type = 'status_report' and entity_id = ?
        and action = 'status_report.redacted' order by seq`,
    [organisationId, reportId]
  )
}
