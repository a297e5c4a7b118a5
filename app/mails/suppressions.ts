import { createHmac } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { record } from '#audit/events'
import { mailSettings } from '#config/mail'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type SuppressionReason = 'bounced' | 'complained'

/** No organisation mails this address any more. Kept as a keyed hash, which outlives the account. */
export async function suppress(email: string, reason: SuppressionReason) {
  await sql(
    Tenancy.current().trx,
    `insert into mail_suppressions (address_hash, reason) values (?, ?)
     on conflict (address_hash) do nothing`,
    [suppressionHashes(email)[0], reason]
  )
}

/** Why this address is not mailed; null when it is. */
export async function suppressionOf(email: string): Promise<SuppressionReason | null> {
  const [row] = await sql(
    Tenancy.current().trx,
    'select reason from mail_suppressions where address_hash = any (?::bytea[])',
    [suppressionHashes(email)]
  )
  return row?.reason ?? null
}

/** How many addresses are not mailed, by reason. */
export async function countSuppressions(): Promise<Record<SuppressionReason, number>> {
  const rows = await sql<{ reason: SuppressionReason; count: number }>(
    Tenancy.current().trx,
    'select reason, count(*)::int as count from mail_suppressions group by reason'
  )
  const none = { bounced: 0, complained: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ reason, count }) => [reason, count])) }
}

/**
 * Mails this address again. False when it was not suppressed. The trail records the former reason, but not which
 * address.
 */
export async function liftSuppression(email: string) {
  const [lifted] = await sql<{ reason: SuppressionReason }>(
    Tenancy.current().trx,
    'delete from mail_suppressions where address_hash = any (?::bytea[]) returning reason',
    [suppressionHashes(email)]
  )
  if (!lifted) return false
  const { reason } = lifted
  const entity = { entityType: 'mail_suppression', entityId: uuidv7() }
  await record({ action: 'mail_suppression.lifted', ...entity, facts: { reason } })
  return true
}

/** The keys by which a suppressed address is found without being readable: the current one first. */
export function suppressionHashes(email: string): Buffer[] {
  return mailSettings.suppressionKeys.map((key) =>
    createHmac('sha256', key).update(email.trim().toLowerCase()).digest()
  )
}
