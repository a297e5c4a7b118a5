import { DateTime } from 'luxon'
import { dayOf } from '#models/days'
import type { Revised } from '#models/import/revising/known'
import { bothAgree, isShared } from '#models/raid/agreement'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Answer = { item: string; by: string | null; at: Date }

/**
 * Restores the agreement of both projects when records get back exactly the words that were agreed. If the trail does
 * not say who agreed, that side is asked again.
 */
export async function restoreAgreements(records: Revised[]) {
  const items = records.filter((record) => record instanceof RaidItem).filter(isAgreedAgain)
  const answers = await answersTo(items)
  for (const item of items) {
    const answer = answers.get(item.id)
    if (!answer) continue
    item.counterpartAnsweredBy = answer.by
    item.counterpartAnsweredOn = dayOf(DateTime.fromJSDate(answer.at))
    item.awaitedSide = null
    item.isAnswering = true
  }
}

/** Another project is asked again, whatever it once agreed to. */
function isAgreedAgain(item: RaidItem) {
  const isSameProject = !('counterpartProjectId' in item.$dirty)
  return isShared(item) && isSameProject && bothAgree(item) && 'counterpartAnswer' in item.$dirty
}

/** The other project's last answer about each. */
async function answersTo(items: RaidItem[]): Promise<Map<string, Answer>> {
  if (items.length === 0) return new Map()
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<Answer>(trx, ANSWERS, [organisationId, items.map(({ id }) => id)])
  return new Map(rows.map((row) => [row.item, row]))
}

const ANSWERS = `select distinct on (events.entity_id) events.entity_id as item, memberships.id as by,
    events.occurred_at as at
  from audit.events
  join raid_items on raid_items.organisation_id = events.organisation_id
    and raid_items.id = events.entity_id and raid_items.counterpart_project_id = events.project_id
  left join memberships on memberships.organisation_id = events.organisation_id
    and memberships.id = events.actor_ref
  where events.organisation_id = ? and events.entity_type = 'raid_item' and events.entity_id = any(?)
    and events.action = 'raid_item.answered'
  order by events.entity_id, events.seq desc`
