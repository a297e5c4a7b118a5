import { createHmac } from 'node:crypto'
import { mailSettings } from '#config/mail'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type SuppressionReason = 'bounced' | 'complained'

/** No organisation writes to this address any more. Kept as a keyed hash, which outlives the account. */
export async function suppress(email: string, reason: SuppressionReason) {
  await sql(
    Tenancy.current().trx,
    `insert into mail_suppressions (address_hash, reason) values (?, ?)
     on conflict (address_hash) do nothing`,
    [hashed(email), reason]
  )
}

/** Why this address is not written to; null where it is. */
export async function suppressionOf(email: string): Promise<SuppressionReason | null> {
  const [row] = await sql(
    Tenancy.current().trx,
    'select reason from mail_suppressions where address_hash = ?',
    [hashed(email)]
  )
  return row?.reason ?? null
}

function hashed(email: string) {
  return createHmac('sha256', mailSettings.suppressionKey)
    .update(email.trim().toLowerCase())
    .digest()
}
