import { v7 as uuidv7 } from 'uuid'
import { record } from '#audit/events'
import type { Bundle } from '#models/privacy_export'
import type { Subject } from '#exports/personal/subject'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/**
 * Notes in the platform's trail that staff took out a person's data, before any of it is read. Whose it was
 * stands there as a value of theirs, so that erasing them takes it out.
 */
export function noteExport({ userId }: Subject, kind: Bundle) {
  return Tenancy.system(PLATFORM, () =>
    record({
      action: 'privacy_export.taken',
      entityType: 'privacy_export',
      entityId: uuidv7(),
      facts: { kind },
      values: userId ? { account: { after: userId, subject: userId } } : {},
    })
  )
}
