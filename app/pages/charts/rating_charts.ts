import type { RatingMonth, RatingSpan } from '#models/charts/ratings'
import { today } from '#models/days'
import {
  dimensions,
  PARTS,
  ratings,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import { legendOf, stackedColumns } from '#pages/charts/columns'
import type { Chart } from '#pages/charts/plot'
import { spanRows } from '#pages/charts/rows'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

const ORDER: Dimension[] = ['overall', ...PARTS]
const bare = { now: null, dots: [], paths: [], note: null }
const LEGEND = (Object.keys(ratings) as Rating[]).map((rating) => ({
  label: `${ratings[rating]} (${terms.ratings[rating].letter})`,
  class: classOf(rating),
}))

/** A project's declared ratings in each dimension over time; null while there are none. */
export function ratingChart(
  spans: Map<Dimension, RatingSpan[]>,
  since: string,
  url: string
): Chart | null {
  const all = [...spans.values()].flat()
  if (all.length === 0) return null
  const rows = ORDER.filter((dimension) => spans.has(dimension)).map((dimension) => ({
    label: dimensions[dimension],
    href: `${url}#${dimension}`,
    spans: spans.get(dimension)!.map(({ rating, from, to }) => ({
      from,
      to,
      class: classOf(rating),
      label: terms.ratings[rating].letter,
      title: `${dimensions[dimension]} ${ratings[rating].toLowerCase()} from ${day(from)} to ${day(to)}`,
    })),
  }))
  const now = spans.get('overall')?.at(-1)
  return {
    ...bare,
    ...spanRows(rows, since, today()),
    id: 'ratings',
    title: 'Declared ratings over time',
    summary: now
      ? `Overall ${ratings[now.rating].toLowerCase()} since ${day(now.from)}. ${all.length} ratings since ${day(since)}.`
      : `${all.length} ratings since ${day(since)}.`,
    legend: LEGEND,
    table: {
      head: ['Dimension', 'Rating', 'From', 'To'],
      rows: ORDER.flatMap((dimension) =>
        (spans.get(dimension) ?? []).map(({ rating, from, to }) => [
          dimensions[dimension],
          ratings[rating],
          day(from),
          to === today() ? 'Today' : day(to),
        ])
      ),
    },
  }
}

const STATES = ['red', 'amber', 'green', 'not_rated', 'undeclared'] as const

/** How many projects had each rating at the end of each month. */
export function portfolioRatingChart(months: RatingMonth[]): Chart {
  const series = STATES.map((key) => ({
    key,
    label: key === 'undeclared' ? 'Not declared' : ratings[key],
    class: key === 'undeclared' ? 'chart__rag-undeclared' : classOf(key),
    // A dash before a count would take it away.
    letter: key === 'undeclared' || key === 'not_rated' ? undefined : terms.ratings[key].letter,
  }))
  const now = months.at(-1)!.counts
  return {
    ...bare,
    id: 'ratings',
    title: 'Overall ratings of the projects by month',
    ...stackedColumns(
      series,
      months.map(({ on, counts }) => ({ label: monthOf(on), name: day(on), counts }))
    ),
    summary: `Today ${now.red} red, ${now.amber} amber, ${now.green} green, ${now.not_rated + now.undeclared} without a rating.`,
    legend: legendOf(series),
    note: 'Based on today’s current projects. The columns are stacked in the order of the legend, from the bottom.',
    table: {
      head: ['On', ...series.map(({ label }) => label)],
      rows: months.map(({ on, counts }) => [
        day(on),
        ...STATES.map((state) => String(counts[state])),
      ]),
    },
  }
}

function classOf(rating: Rating) {
  return `chart__rag-${rating}`
}

function monthOf(on: string) {
  const [, month, year] = day(on).split(' ')
  return month === 'Jan' ? `${month} ${year}` : month
}
