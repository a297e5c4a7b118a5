import type { BurnDown } from '#models/charts/assumptions'
import { AGES, type AgeCount, type WeekOfFlow } from '#models/charts/flow'
import { today } from '#models/days'
import { typePlurals, type RaidType } from '#models/raid/enumerations'
import { dayLines } from '#pages/charts/lines'
import { legendOf, pairedColumns, stackedColumns } from '#pages/charts/columns'
import type { Chart } from '#pages/charts/plot'
import { day } from '#registries/formats'

const bare = { xTicks: [], yTicks: [], now: null, rects: [], dots: [], paths: [], note: null }

/** Entries raised and settled in the RAID log, week by week. */
export function flowChart(weeks: WeekOfFlow[]): Chart {
  const series = [
    { key: 'opened', label: 'Opened', class: 'chart__opened' },
    { key: 'closed', label: 'Closed', class: 'chart__closed' },
  ] as const
  const drawing = pairedColumns(
    [...series],
    weeks.map(({ weekOn, opened, closed }) => ({
      label: shortDay(weekOn),
      name: `Week of ${day(weekOn)}`,
      counts: { opened, closed },
    }))
  )
  const total = (key: 'opened' | 'closed') => weeks.reduce((sum, week) => sum + week[key], 0)
  const last = weeks.at(-1)!
  return {
    ...bare,
    plot: drawing.plot,
    xTicks: drawing.xTicks,
    yTicks: drawing.yTicks,
    id: 'flow',
    title: 'RAID entries opened and closed by week',
    rects: drawing.rects,
    summary: `In ${weeks.length} weeks, ${total('opened')} entries were opened and ${total('closed')} closed. ${last.openAtEnd} are open now.`,
    legend: series.map(({ label, class: kind }) => ({ label, class: kind })),
    table: {
      head: ['Week of', 'Opened', 'Closed', 'Open at end of week'],
      rows: weeks.map(({ weekOn, opened, closed, openAtEnd }) =>
        [day(weekOn), opened, closed, openAtEnd].map(String)
      ),
    },
  }
}

const AGED: RaidType[] = ['risk', 'assumption', 'issue', 'dependency']

/** How long open entries have been open; `list` is the address of the RAID log. */
export function ageChart(counts: AgeCount[], list: string): Chart {
  const series = AGED.map((type) => ({
    key: type,
    label: typePlurals[type],
    class: `chart__type-${type}`,
    letter: typePlurals[type][0],
  }))
  const rows = AGES.map((from, index) => {
    const next = AGES[index + 1]
    const of = (type: RaidType) =>
      counts.find((one) => one.type === type && one.from === from)?.count ?? 0
    return {
      name: next === undefined ? `${from} days and more` : `${from} to ${next - 1} days`,
      label: next === undefined ? `${from}+ days` : `${from}–${next - 1} days`,
      counts: Object.fromEntries(AGED.map((type) => [type, of(type)])),
    }
  })
  const drawing = stackedColumns(series, rows)
  const sum = (some: AgeCount[]) => some.reduce((total, { count }) => total + count, 0)
  const old = sum(counts.filter(({ from }) => from === AGES.at(-1)))
  return {
    ...bare,
    ...drawing,
    id: 'ageing',
    title: 'How long open entries have been open',
    summary: `${sum(counts)} ${sum(counts) === 1 ? 'entry is' : 'entries are'} open, not counting decisions. ${old} for more than 90 days.`,
    legend: legendOf(series),
    table: {
      head: ['Type', ...rows.map(({ label }) => label), 'All'],
      rows: AGED.map((type) => [
        { text: typePlurals[type], href: `${list}?type=${type}&state=open` },
        ...rows.map((row) => String(row.counts[type])),
        String(sum(counts.filter((one) => one.type === type))),
      ]),
    },
  }
}

/** How many assumptions are unvalidated, and how many their dates promise to leave. */
export function burnDownChart({ was, will, undated, overdue }: BurnDown): Chart {
  const drawing = dayLines(
    [
      {
        label: 'Unvalidated',
        class: 'chart__was',
        points: was.map(({ on, count }) => ({ on, name: day(on), count })),
      },
      {
        label: 'left if all dates are met',
        class: 'chart__will',
        points: will.map(({ on, count }) => ({ on, name: day(on), count })),
      },
    ],
    today()
  )
  const present = was.at(-1)!.count
  const rest = [
    ...(overdue > 0 ? [`${overdue} should have been validated before today`] : []),
    ...(undated > 0 ? [`${undated} have no date by which to validate them`] : []),
  ]
  return {
    ...bare,
    ...drawing,
    id: 'assumptions',
    title: 'Assumption burn-down',
    summary: `${present} ${present === 1 ? 'assumption rests' : 'assumptions rest'} unvalidated. If all dates are met, ${will.at(-1)!.count} will on ${day(will.at(-1)!.on)}.`,
    legend: [
      { label: 'Unvalidated', class: 'chart__was' },
      { label: 'If all dates are met', class: 'chart__will' },
    ],
    note: rest.length > 0 ? `${rest.join('; ')}.` : null,
    table: {
      head: ['Day', 'Unvalidated', 'If all dates are met'],
      rows: [
        ...was.map(({ on, count }) => [day(on), String(count), '']),
        ...will.slice(1).map(({ on, count }) => [day(on), '', String(count)]),
      ],
    },
  }
}

function shortDay(on: string) {
  return day(on).replace(/ \d{4}$/, '')
}
