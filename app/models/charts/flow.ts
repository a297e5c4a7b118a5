import { today } from '#models/days'
import type { RaidType } from '#models/raid/enumerations'
import { itemsWithin, type ChartScope } from '#models/charts/scope'
import { mondayOf, weeksUpTo } from '#models/charts/weeks'
import { IS_OPEN } from '#models/raid/transitions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One week, by its Monday: what was raised, what was settled, and what was open at its end. */
export type WeekOfFlow = { weekOn: string; opened: number; closed: number; openAtEnd: number }

/**
 * An entry is opened on the day it was raised; one settled without a date, on the day of its last change. Moments
 * become days in the organisation's time zone, which is the `?`.
 */
const OPENED = 'coalesce(raid_items.raised_on, (raid_items.created_at at time zone ?)::date)'
const SETTLED = `case when not ${IS_OPEN}
  then coalesce(raid_items.closed_on, (raid_items.updated_at at time zone ?)::date) end`

/** Entries raised and settled in the latest weeks, earliest first. */
export async function weeklyFlow(
  scope: ChartScope,
  { weeks, type }: { weeks: number; type?: RaidType }
): Promise<WeekOfFlow[]> {
  const zone = Tenancy.organisationsZone
  const shown = weeksUpTo(mondayOf(today()), weeks)
  const conditions = itemsWithin(scope)
  if (type) conditions.add('raid_items.type = ?', type)
  const rows = await read<{ kind: 'opened' | 'closed'; week: string; count: number }>(
    Tenancy.current().trx,
    `with items as materialized (
       select greatest(date_trunc('week', ${OPENED})::date, ?::date - 7) as opened,
              greatest(date_trunc('week', ${SETTLED})::date, ?::date - 7) as closed,
              ${SETTLED} is null as is_open
         from raid_items where ${conditions.text})
     select 'opened' as kind, opened::text as week, count(*)::integer as count from items group by 2
     union all
     select 'closed', closed::text, count(*)::integer from items where not is_open group by 2`,
    [zone, shown[0], zone, shown[0], zone, ...conditions.values]
  )
  return accumulated(shown, rows)
}

/** Everything before the first week counts in the week before it. */
function accumulated(
  weeks: string[],
  rows: { kind: 'opened' | 'closed'; week: string; count: number }[]
) {
  const counted = (kind: string, test: (week: string) => boolean) =>
    rows
      .filter((row) => row.kind === kind && test(row.week))
      .reduce((sum, { count }) => sum + count, 0)
  let open =
    counted('opened', (week) => week < weeks[0]) - counted('closed', (week) => week < weeks[0])
  return weeks.map((weekOn) => {
    const opened = counted('opened', (week) => week === weekOn)
    const closed = counted('closed', (week) => week === weekOn)
    open += opened - closed
    return { weekOn, opened, closed, openAtEnd: open }
  })
}

/** The age in days from which an open entry belongs to a group; the last has no end. */
export const AGES = [0, 15, 31, 61, 91] as const

export type AgeCount = { type: RaidType; from: number; count: number }

/** The age of what is open, by type and group. Decisions are left out: they do not age, they wait. */
export function openByAge(scope: ChartScope): Promise<AgeCount[]> {
  const conditions = itemsWithin(scope).add(IS_OPEN).add(`raid_items.type <> 'decision'`)
  return read<AgeCount>(
    Tenancy.current().trx,
    `select type, (?::integer[])[width_bucket(greatest(?::date - ${OPENED}, 0), ?::integer[])] as from,
            count(*)::integer as count
       from raid_items where ${conditions.text} group by 1, 2 order by 1, 2`,
    [AGES, today(), Tenancy.organisationsZone, AGES, ...conditions.values]
  )
}
