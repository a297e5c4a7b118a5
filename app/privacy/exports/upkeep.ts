import { DateTime } from 'luxon'
import { enqueue } from '#jobs/enqueue'
import PrivacyExport, { MOST_ATTEMPTS } from '#models/privacy_export'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

const SILENT_MINUTES = 5

/** Begins exports anew whose worker fell silent, and gives up on those that were tried often enough. */
export function recoverExports(now = DateTime.utc()): Promise<number> {
  const since = now.minus({ minutes: SILENT_MINUTES }).toJSDate()
  return Tenancy.system(PLATFORM, async () => {
    const silent = await PrivacyExport.query()
      .whereIn('status', ['queued', 'running'])
      .where('progressed_at', '<', since)
      .orderBy('id')
      .forUpdate()
    for (const one of silent) await recover(one)
    return silent.length
  })
}

async function recover(one: PrivacyExport) {
  if (one.attempts >= MOST_ATTEMPTS) return one.fail()
  await one.merge({ progressedAt: DateTime.utc() }).save()
  await enqueue(Tenancy.current().trx, 'make_privacy_export', { exportId: one.id })
}

/** Ends exports whose time is over. */
export function sweepExports(): Promise<number> {
  return Tenancy.system(PLATFORM, () => PrivacyExport.sweep())
}
