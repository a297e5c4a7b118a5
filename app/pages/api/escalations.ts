import { escalationLevels, escalationStates } from '#models/raid/enumerations'
import type RaidEscalation from '#models/raid_escalation'
import * as a from '#pages/api/shape'
import { represent, type Shape } from '#pages/api/shape'

/** What a project asks of a level above it, and the outcome. */
export const escalationShape: Shape = {
  ...a.id('id'),
  ...a.id('raid_item_id'),
  ...a.oneOf('level', escalationLevels),
  ...a.oneOf('state', escalationStates),
  ...a.text('reason'),
  ...a.text('ask'),
  ...a.described(
    a.idOrNull('asked_of_id'),
    'Null: whoever answers for the level. Otherwise a member who may see the entry'
  ),
  ...a.textOrNull('answer'),
  ...a.idOrNull('raised_by'),
  ...a.dayOrNull('raised_on'),
  ...a.idOrNull('answered_by'),
  ...a.dayOrNull('answered_on'),
  ...a.whole('lock_version'),
}

/** An escalation in the API. */
export function tellEscalation(escalation: RaidEscalation) {
  return represent(escalationShape, escalation)
}
