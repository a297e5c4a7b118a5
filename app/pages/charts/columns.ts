import { stack } from 'd3-shape'
import { bandAxis, countAxis, HEIGHT, plotOf, WIDTH, type Rect } from '#pages/charts/plot'

type Series = { key: string; label: string; class: string; letter?: string }

/** One column: its label on the axis, its name in words, and a count for each series. */
type Column = {
  label: string
  name: string
  counts: Record<string, number>
  href?: string | null
}

/** What the colours mean, and the letters that say the same. */
export function legendOf(series: Series[]) {
  return series.map(({ label, letter, class: kind }) => ({
    label: letter ? `${label} (${letter})` : label,
    class: kind,
  }))
}

/** Columns of stacked counts, the first series at the bottom. */
export function stackedColumns(series: Series[], columns: Column[]) {
  const plot = plotOf(WIDTH, HEIGHT)
  const x = bandAxis(
    plot,
    columns.map(({ label }) => label)
  )
  const layers = stack<Column>()
    .keys(series.map(({ key }) => key))
    .value(({ counts }, key) => counts[key] ?? 0)(columns)
  const y = countAxis(
    plot,
    layers.flatMap((layer) => layer.map(([, top]) => top))
  )
  const rects = layers.flatMap((layer, place) =>
    layer.flatMap(([low, high], index): Rect[] => {
      if (high === low) return []
      const { label, letter, class: kind } = series[place]
      const words = [letter, high - low].filter(Boolean).join(' ')
      const [top, bottom] = [y.scale(high), y.scale(low)]
      return [
        {
          x: x.scale(index),
          y: top,
          width: x.width,
          height: bottom - top,
          class: kind,
          title: `${columns[index].name}: ${high - low} ${label.toLowerCase()}`,
          href: columns[index].href,
          ...(bottom - top >= 14 && x.width >= words.length * 8 ? { label: words } : {}),
        },
      ]
    })
  )
  return { plot, xTicks: x.ticks, yTicks: y.ticks, rects }
}

/** Two counts for each column, side by side. */
export function pairedColumns(series: [Series, Series], columns: Column[]) {
  const plot = plotOf(WIDTH, HEIGHT)
  const x = bandAxis(
    plot,
    columns.map(({ label }) => label)
  )
  const y = countAxis(
    plot,
    columns.flatMap(({ counts }) => series.map(({ key }) => counts[key] ?? 0))
  )
  const half = x.width / 2
  const rects = columns.flatMap(({ name, counts, href }, index) =>
    series.flatMap(({ key, label, class: kind }, place): Rect[] => {
      const count = counts[key] ?? 0
      if (count === 0) return []
      const top = y.scale(count)
      return [
        {
          x: x.scale(index) + place * half,
          y: top,
          width: half,
          height: plot.bottom - top,
          class: kind,
          title: `${name}: ${count} ${label.toLowerCase()}`,
          href,
        },
      ]
    })
  )
  return { plot, x, y, xTicks: x.ticks, yTicks: y.ticks, rects }
}
