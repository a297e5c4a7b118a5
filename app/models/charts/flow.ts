import { addDays, today } from '#models/days'
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

/** The weeks in which entries were raised and settled: 0 for all before the first that is shown, which is 1. */
type Span = { opened: number; closed: number | null; count: number }

/** Entries raised and settled in the latest weeks, earliest first. */
export async function weeklyFlow(
  scope: ChartScope,
  { weeks, type }: { weeks: number; type?: RaidType }
): Promise<WeekOfFlow[]> {
  const zone = Tenancy.organisationsZone
  const mondays = weeksUpTo(addDays(mondayOf(today()), 7), weeks + 1)
  const conditions = itemsWithin(scope)
  if (type) conditions.add('raid_items.type = ?', type)
  const spans = await read<Span>(
    Tenancy.current().trx,
    `select width_bucket(${OPENED}, ?::date[]) as opened, width_bucket(${SETTLED}, ?::date[]) as closed,
            count(*)::integer as count
       from raid_items where ${conditions.text} group by 1, 2`,
    [zone, mondays, zone, mondays, ...conditions.values]
  )
  return accumulated(mondays.slice(0, -1), spans)
}

function accumulated(weeks: string[], spans: Span[]) {
  const counted = (key: 'opened' | 'closed', week: number) =>
    spans.reduce((sum, span) => sum + (span[key] === week ? span.count : 0), 0)
  let open = counted('opened', 0) - counted('closed', 0)
  return weeks.map((weekOn, index) => {
    const opened = counted('opened', index + 1)
    const closed = counted('closed', index + 1)
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
