import { line } from 'd3-shape'
import { countAxis, dayAxis, HEIGHT, plotOf, WIDTH, type Dot, type Path } from '#pages/charts/plot'

type LineSeries = {
  label: string
  class: string
  /** The text of a point before its count. */
  points: { on: string; name: string; count: number }[]
}

/** Counts over time, one line for each series, with a dot at each point of the first. */
export function dayLines(series: LineSeries[], today: string) {
  const plot = plotOf(WIDTH, HEIGHT)
  const points = series.flatMap((one) => one.points)
  const days = points.map(({ on }) => on).sort()
  const x = dayAxis(plot, days[0], days.at(-1)!)
  const y = countAxis(
    plot,
    points.map(({ count }) => count)
  )
  const draw = line<{ on: string; count: number }>(
    ({ on }) => x.scale(on),
    ({ count }) => y.scale(count)
  ).digits(1)
  const paths = series.map((one): Path => ({ d: draw(one.points) ?? '', class: one.class }))
  const dots = series.flatMap(({ class: kind, label, points: own }) =>
    own.map(({ on, name, count }): Dot => ({
      x: x.scale(on),
      y: y.scale(count),
      shape: 'circle',
      class: kind,
      title: `${name}: ${count} ${label.toLowerCase()}`,
    }))
  )
  return { plot, xTicks: x.ticks, yTicks: y.ticks, paths, dots, now: x.scale(today) }
}
