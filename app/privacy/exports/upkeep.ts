import { DateTime } from 'luxon'
import PrivacyExport from '#models/privacy_export'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Restarts exports whose worker has gone silent, and gives up on those that failed too often. */
export function recoverExports(now = DateTime.utc()): Promise<number> {
  return Tenancy.system(PLATFORM, async () => {
    const silent = await PrivacyExport.silent(now)
    for (const one of silent) await recover(one)
    return silent.length
  })
}

async function recover(one: PrivacyExport) {
  if (!one.mayTryAgain) return one.fail()
  await one.merge({ progressedAt: DateTime.utc() }).save()
  await one.enqueue()
}

/** Ends exports that have expired. */
export function sweepExports(): Promise<number> {
  return Tenancy.system(PLATFORM, () => PrivacyExport.sweep())
}
