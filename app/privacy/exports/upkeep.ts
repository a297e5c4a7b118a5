import { DateTime } from 'luxon'
import PrivacyExport from '#models/privacy_export'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Begins exports anew whose worker fell silent, and gives up on those that were tried often enough. */
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

/** Ends exports whose time is over. */
export function sweepExports(): Promise<number> {
  return Tenancy.system(PLATFORM, () => PrivacyExport.sweep())
}
