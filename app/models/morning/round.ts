import { DateTime } from 'luxon'
import { morningSources } from '#models/morning/sources'
import { notifyAll } from '#models/notification'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A time zone where it is morning, and the day there. */
export type Morning = { zone: string; today: string }

/** From seven on; a worker that is back by ten still sends them, a later one leaves it to the next day. */
const FROM = 7
const UNTIL = 10

/**
 * Notifies this organisation's members of what a new day brings, where it is morning for them. Runs several times an
 * hour, because zones differ by quarters; no one is notified of a day twice.
 */
export async function morningRound(now: DateTime = DateTime.utc()) {
  const mornings = (await zonesInUse()).flatMap((zone) => morningIn(zone, now))
  if (mornings.length === 0) return
  for (const source of morningSources) await notifyAll(await source(mornings))
}

async function zonesInUse(): Promise<string[]> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<{ zone: string }>(
    trx,
    `select distinct coalesce(users.time_zone, organisations.time_zone) as zone
       from memberships
       join users on users.id = memberships.user_id
       join organisations on organisations.id = memberships.organisation_id
      where memberships.organisation_id = ? and memberships.status = 'active'`,
    [organisationId]
  )
  return rows.map(({ zone }) => zone)
}

function morningIn(zone: string, now: DateTime): Morning[] {
  const local = now.setZone(zone)
  if (!local.isValid || local.hour < FROM || local.hour >= UNTIL) return []
  return [{ zone, today: local.toISODate() }]
}
