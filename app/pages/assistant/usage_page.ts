import type { Viewer } from '#identity/viewer'
import { budgets, isNearlySpent, share } from '#models/assistant/budget'
import {
  monthOf,
  platformUsage,
  summed,
  usageByDay,
  usageByPerson,
  usageByProject,
  type DailyUsage,
  type Month,
  type Usage,
} from '#models/assistant/usage'
import { number } from '#models/text/numbers'
import { barChart } from '#pages/bar_chart'
import { settingsState } from '#pages/settings/settings_page'
import { day } from '#registries/formats'
import { penceOrLess, pounds } from '#registries/money'

/** The state of `pages/settings/assistant_usage`. */
export async function usageState(viewer: Viewer, asked: unknown) {
  const month = monthOf(asked)
  const days = await usageByDay(month)
  const { organisation, person } = await budgets(viewer.membershipId)
  const used = share(organisation)
  const most = month.isCurrent ? person.most : null
  return {
    ...settingsState('assistant', viewer),
    ...monthState(month, '/settings/assistant/usage'),
    ...chartState(month, days),
    people: (await usageByPerson(month)).map((use) => ({ ...told(use), note: noteOf(use, most) })),
    projects: (await usageByProject(month)).map(told),
    budget:
      used === null ? null : `${Math.floor(used * 100)}% of this month’s budget has been used`,
    isNearlySpent: isNearlySpent(organisation),
  }
}

/** The state of `pages/backoffice/assistant`. */
export async function platformUsageState(asked: unknown) {
  const month = monthOf(asked)
  const rows = await platformUsage(month)
  const days = Map.groupBy(rows, (row) => row.day)
  const organisations = Map.groupBy(rows, ({ id }) => id)
  return {
    ...monthState(month, '/admin/assistant'),
    ...chartState(
      month,
      [...days].map(([key, uses]) => ({ day: key, ...summed(uses) }))
    ),
    organisations: [...organisations.values()]
      .map((uses) => ({ id: uses[0].id, name: uses[0].name, ...summed(uses) }))
      .sort((one, other) => other.micros - one.micros)
      .map(told),
  }
}

function monthState({ key, from }: Month, path: string) {
  const before = from.minus({ months: 1 }).toFormat('yyyy-MM')
  const after = from.plus({ months: 1 })
  return {
    month: from.toFormat('LLLL yyyy', { locale: 'en' }),
    csv: `${path}.csv?month=${key}`,
    earlier: `${path}?month=${before}`,
    later: after > monthOf(null).from ? null : `${path}?month=${after.toFormat('yyyy-MM')}`,
  }
}

/** A bar for each day of the month, and the days with any use as a table. */
function chartState({ from, until }: Month, days: DailyUsage[]) {
  const byDay = new Map(days.map((use) => [use.day, use]))
  const length = Math.round(until.diff(from, 'days').days)
  const total = summed(days)
  const bars = Array.from({ length }, (_, index) => {
    const key = from.plus({ days: index }).toISODate()!
    const value = byDay.get(key)?.micros ?? 0
    return { label: String(index + 1), value, told: `${day(key)}: ${pounds(value)}` }
  })
  return {
    total: { ...told(total), cost: pounds(total.micros) },
    chart: barChart(bars, `Cost by day: ${pounds(total.micros)} in all`, pounds),
    days: days.map((use) => ({ ...told(use), name: day(use.day) })),
  }
}

function told<Row extends Usage>(use: Row) {
  return {
    ...use,
    questions: number(use.questions),
    failed: number(use.failed),
    tokensIn: number(use.tokensIn),
    tokensOut: number(use.tokensOut),
    cost: penceOrLess(use.micros),
  }
}

/** What share of each person's monthly budget that is, once it is worth mentioning. */
function noteOf({ micros }: Usage, most: number | null) {
  const budget = { spent: micros, most }
  return isNearlySpent(budget) ? `${Math.floor(share(budget)! * 100)}% of their budget` : null
}
