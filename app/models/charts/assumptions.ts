import { itemsWithin, type ChartScope } from '#models/charts/scope'
import { weeklyFlow } from '#models/charts/flow'
import { mondayOf } from '#models/charts/weeks'
import { today, addDays } from '#models/days'
import { IS_OPEN } from '#models/raid/transitions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How many assumptions are unvalidated: until today as it was, from then on as their dates promise. */
export type BurnDown = { was: Point[]; will: Point[]; undated: number; overdue: number }
type Point = { on: string; count: number }

const WEEKS_BACK = 16
const WEEKS_AHEAD = 16

/** An overdue date counts as promised for now, a missing one as never. */
export async function assumptionBurnDown(scope: ChartScope): Promise<BurnDown> {
  const flow = await weeklyFlow(scope, { weeks: WEEKS_BACK, type: 'assumption' })
  const was = flow.map(({ weekOn, openAtEnd }) => ({ on: addDays(weekOn, 6), count: openAtEnd }))
  const due = await openByDue(scope)
  const total = due.reduce((sum, { count }) => sum + count, 0)
  const by = (day: string) =>
    due.filter(({ on }) => on !== null && on <= day).reduce((sum, { count }) => sum + count, 0)
  const start = mondayOf(today())
  const will = Array.from({ length: WEEKS_AHEAD + 1 }, (_, index) => {
    const on = index === 0 ? today() : addDays(start, index * 7 + 6)
    return { on, count: total - (index === 0 ? 0 : by(on)) }
  })
  return {
    was: [...was.slice(0, -1), { on: today(), count: total }],
    will,
    undated: due.find(({ on }) => on === null)?.count ?? 0,
    overdue: by(addDays(today(), -1)),
  }
}

function openByDue(scope: ChartScope) {
  const conditions = itemsWithin(scope).add(`raid_items.type = 'assumption'`).add(IS_OPEN)
  return read<{ on: string | null; count: number }>(
    Tenancy.current().trx,
    `select due_on::text as on, count(*)::integer as count from raid_items
      where ${conditions.text} group by due_on`,
    conditions.values
  )
}
