import { NIL } from 'uuid'
import { ROWS_PER_BATCH } from '#exports/batches'
import type { CsvColumn } from '#exports/csv_stream'
import ConsentRecord from '#models/consent_record'
import { iso } from '#registries/formats'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

export const consentColumns: CsvColumn<ConsentRecord>[] = [
  { header: 'Decided (UTC)', value: (row) => iso(row.decidedAt) },
  { header: 'Decision', value: (row) => row.decision },
  { header: 'Purpose', value: (row) => row.purpose },
  { header: 'By', value: (row) => row.mechanism },
  { header: 'Language', value: (row) => row.locale },
  { header: 'Receipt', value: (row) => row.receipt },
  { header: 'Account', value: (row) => row.userId },
  { header: 'Notice (SHA-256)', value: (row) => row.notice },
  { header: 'Policy', value: (row) => row.policyVersion },
  { header: 'Until (UTC)', value: (row) => iso(row.expiresAt) },
]

/** Every proof of a choice about cookies, oldest first, batch by batch. */
export async function* consentLines(): AsyncGenerator<ConsentRecord[]> {
  let last: string = NIL
  for (;;) {
    const after = last
    const rows: ConsentRecord[] = await Tenancy.system(PLATFORM, () =>
      ConsentRecord.query().where('id', '>', after).orderBy('id').limit(ROWS_PER_BATCH).exec()
    )
    if (rows.length === 0) return
    yield rows
    last = rows.at(-1)!.id
  }
}
