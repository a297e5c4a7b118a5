import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type { EscalationLevel } from '#models/raid/enumerations'

type Asked = { level: EscalationLevel; askedOfId: string | null }

/** Who answers an escalation: the PMO, whoever it names, and of a programme its manager. */
export default class RaidEscalationPolicy extends BasePolicy {
  answer(viewer: Viewer, { level, askedOfId }: Asked, programmeManagerId: string | null) {
    if (viewer.can('raid.escalation.answer')) return true
    const me = viewer.membershipId
    return askedOfId === me || (level === 'programme' && programmeManagerId === me)
  }
}
