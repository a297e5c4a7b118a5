import { v7 as uuidv7 } from 'uuid'
import { accountValue, record } from '#audit/events'
import type { Bundle } from '#models/privacy_export'
import type { Subject } from '#exports/personal/subject'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/**
 * Records in the platform's trail that staff exported a person's data, before any of it is read. Whose data it was is
 * kept as a value of theirs, so that erasing the person removes it.
 */
export function noteExport({ userId }: Subject, kind: Bundle) {
  return Tenancy.system(PLATFORM, () =>
    record({
      action: 'privacy_export.taken',
      entityType: 'privacy_export',
      entityId: uuidv7(),
      facts: { kind },
      values: accountValue(userId),
    })
  )
}
