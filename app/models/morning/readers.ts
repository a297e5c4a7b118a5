import { notToldBefore } from '#models/notification/audience'
import type { Morning } from '#models/morning/round'
import type { Condition } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'

/**
 * SQL for the active members for whom it is morning, each with their day and zone, who have not been notified of the
 * occasion that `key` names; and the values of its placeholders.
 */
export function morningReaders(mornings: Morning[], key?: string): Condition {
  return [
    `select memberships.organisation_id, memberships.id, memberships.role, morning.today, morning.zone
       from memberships
       join users on users.id = memberships.user_id
       join organisations on organisations.id = memberships.organisation_id
       join unnest(?::text[], ?::date[]) as morning (zone, today)
         on morning.zone = coalesce(users.time_zone, organisations.time_zone)
      where memberships.organisation_id = ? and memberships.status = 'active'
        ${key ? `and ${notToldBefore(key)}` : ''}`,
    [
      mornings.map(({ zone }) => zone),
      mornings.map(({ today }) => today),
      Tenancy.current().organisationId,
    ],
  ]
}
