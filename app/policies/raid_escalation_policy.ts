import { BasePolicy } from '@adonisjs/bouncer'
import type { Viewer } from '#identity/viewer'
import type { EscalationLevel } from '#models/raid/enumerations'

type Asked = { level: EscalationLevel; askedOfId: string | null }

/** Who answers an escalation: the PMO, the person it names, and a programme's manager for the programme. */
export default class RaidEscalationPolicy extends BasePolicy {
  answer(viewer: Viewer, { level, askedOfId }: Asked, programmeManagerId: string | null) {
    if (viewer.can('raid.escalation.answer')) return true
    const me = viewer.membershipId
    return askedOfId === me || (level === 'programme' && programmeManagerId === me)
  }
}
