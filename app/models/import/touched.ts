import Tenancy from '#tenancy/tenancy'

/** A query for the ids, among `:ids`, to which people added something, and the reason this gives for keeping them. */
export type Attached = [reason: string, query: string][]

/**
 * Why each of these records that people worked on is kept; expects them to be locked, so that nothing is added
 * afterwards.
 */
export async function touchedAmong(
  records: { id: string; lockVersion: number }[],
  attached: Attached
): Promise<Map<string, string>> {
  const { trx } = Tenancy.current()
  const ids = records.map(({ id }) => id)
  const reasons = new Map<string, string>()
  for (const [reason, query] of attached) {
    const { rows } = await trx.rawQuery(query, { ids })
    for (const { id } of rows) reasons.set(id, reason)
  }
  for (const { id, lockVersion } of records) if (lockVersion > 1) reasons.set(id, 'was changed')
  return reasons
}
