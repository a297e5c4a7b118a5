import { NIL } from 'uuid'
import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { CsvColumn } from '#exports/csv_stream'
import { NoLongerAllowed } from '#exports/no_longer_allowed'
import { withholdNames } from '#exports/withheld'
import type { DailyUsage, Month, NamedUsage } from '#models/assistant/usage'
import { cutBatch, type Cursor } from '#models/lists/keyset'
import type { Tenant } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { iso } from '#registries/formats'

type CallRow = { id: string; asked_at: Date; [column: string]: any }

/** The columns of an organisation's calls. What was asked and answered belongs to its asker, so it has no column. */
export const callColumns: CsvColumn<CallRow>[] = [
  { header: 'Asked (UTC)', value: (row) => iso(row.asked_at) },
  { header: 'Project', value: (row) => row.project },
  { header: 'Person', value: (row) => row.person_name },
  { header: 'Feature', value: (row) => row.feature },
  { header: 'Model', value: (row) => row.model },
  { header: 'Outcome', value: (row) => row.failure ?? row.status },
  { header: 'Tokens in', value: (row) => row.input_tokens },
  { header: 'Tokens out', value: (row) => row.output_tokens },
  { header: 'Read from cache', value: (row) => row.cache_read_tokens },
  { header: 'Written to cache, 5 minutes', value: (row) => row.cache_5m_tokens },
  { header: 'Written to cache, 1 hour', value: (row) => row.cache_1h_tokens },
  { header: 'Estimated', value: (row) => (row.is_estimated ? 'yes' : 'no') },
  { header: 'Cost (GBP)', value: (row) => inPounds(Number(row.cost_micros)) },
  { header: 'Prices of', value: (row) => row.price_version },
]

/** The calls of a month, oldest first. */
export function callLines(tenant: Tenant, { from, until }: Month) {
  return inBatches<CallRow>(tenant, null, async (viewer, _project, after) => {
    if (!viewer.can('organisation.update')) throw new NoLongerAllowed()
    const { trx, organisationId } = Tenancy.current()
    const [at, id] = after ?? [from.toISO()!, NIL]
    const rows = await sql<CallRow>(trx, CALLS, [
      organisationId,
      until.toISO(),
      at,
      id,
      ROWS_PER_BATCH,
    ])
    await withholdNames(rows, viewer, ['person'])
    return cutBatch(rows, ROWS_PER_BATCH, cursorOf)
  })
}

const CALLS = `
  select ai_interactions.id, asked_at, asked_at::text as at, feature, model, failure,
    ai_interactions.status, input_tokens, output_tokens, cache_read_tokens, cache_5m_tokens,
    cache_1h_tokens, is_estimated, cost_micros, price_version, projects.code as project,
    membership_id as person_id, users.name as person_name
  from ai_interactions
  join projects on projects.organisation_id = ai_interactions.organisation_id
    and projects.id = ai_interactions.project_id
  join memberships on memberships.organisation_id = ai_interactions.organisation_id
    and memberships.id = ai_interactions.membership_id
  join users on users.id = memberships.user_id
  where ai_interactions.organisation_id = ? and ai_interactions.asked_at < ?
    and (ai_interactions.asked_at, ai_interactions.id) > (?::timestamptz, ?::uuid)
  order by ai_interactions.asked_at, ai_interactions.id limit ?`

export const platformColumns: CsvColumn<DailyUsage & NamedUsage>[] = [
  { header: 'Organisation', value: (row) => row.name },
  { header: 'Day (UTC)', value: (row) => row.day },
  { header: 'Questions', value: (row) => row.questions },
  { header: 'Failed', value: (row) => row.failed },
  { header: 'Tokens in', value: (row) => row.tokensIn },
  { header: 'Tokens out', value: (row) => row.tokensOut },
  { header: 'Cost (GBP)', value: (row) => inPounds(row.micros) },
]

function cursorOf(row: CallRow): Cursor {
  return [row.at, row.id]
}

function inPounds(micros: number) {
  return (micros / 1_000_000).toFixed(6)
}
