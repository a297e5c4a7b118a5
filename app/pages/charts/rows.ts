import { beginning } from '#models/text/beginning'
import { dayAxis, plotOf, WIDTH, type Dot, type Path, type Rect } from '#pages/charts/plot'

const ROW = 28
const LABELS = 132

type Span = { from: string; to: string; class: string; label: string; title: string }

/** Rows of periods over time: one after another, each with its letter if there is room. */
export function spanRows(
  rows: { label: string; spans: Span[]; href?: string }[],
  from: string,
  to: string
) {
  const { plot, y } = rowed(rows.length)
  const x = dayAxis(plot, from, to)
  const rects = rows.flatMap(({ spans, href }, index) =>
    spans.map((span): Rect => {
      const [start, end] = [x.scale(span.from), x.scale(span.to)]
      const width = Math.max(end - start, 1)
      return {
        x: start,
        y: y(index) - 9,
        width,
        height: 18,
        class: span.class,
        title: span.title,
        ...(width >= 14 ? { label: span.label } : {}),
        href,
      }
    })
  )
  return { plot, xTicks: x.ticks, yTicks: labels(rows, y), rects }
}

export type Milestone = {
  label: string
  name: string
  baselineOn: string | null
  /** When it is expected, or was held. */
  on: string | null
  isHeld: boolean
  slip: number | null
  title: string
  href: string
}

/** Rows of dates against their baselines: a hollow mark for the promise, a full one for the date, joined. */
export function slipRows(rows: Milestone[], today: string) {
  const { plot, y } = rowed(rows.length)
  const days = [today, ...rows.flatMap(({ baselineOn, on }) => [baselineOn, on])]
    .filter((day): day is string => day !== null)
    .sort()
  const x = dayAxis(plot, days[0], days.at(-1)!, 10)
  return {
    plot,
    xTicks: x.ticks,
    yTicks: labels(rows, y),
    paths: rows.flatMap((row, index) => joined(row, x, y(index))),
    dots: rows.flatMap((row, index) => [
      ...promised(row, x, y(index)),
      ...present(row, x, y(index)),
    ]),
    now: x.scale(today),
  }
}

type Days = ReturnType<typeof dayAxis>

function joined({ baselineOn, on, slip }: Milestone, x: Days, y: number): Path[] {
  if (!baselineOn || !on || !slip) return []
  const d = `M${x.scale(baselineOn)},${y}H${x.scale(on)}`
  return [{ d, class: slip > 0 ? 'chart__slip chart__slip--late' : 'chart__slip' }]
}

function promised({ baselineOn, title }: Milestone, x: Days, y: number): Dot[] {
  if (!baselineOn) return []
  const at = { x: x.scale(baselineOn), y, shape: 'diamond' as const }
  return [{ ...at, class: 'chart__promised', title: `${title} (baseline)` }]
}

function present({ on, isHeld, slip, title, href }: Milestone, x: Days, y: number): Dot[] {
  if (!on) return []
  const isLate = slip !== null && slip > 0
  const expected = isLate ? 'chart__expected chart__expected--late' : 'chart__expected'
  const at = { x: x.scale(on), y, shape: 'circle' as const }
  return [{ ...at, title, href, class: isHeld ? 'chart__held' : expected }]
}

function rowed(count: number) {
  const plot = plotOf(WIDTH, count * ROW + 40, { left: LABELS })
  return { plot, y: (index: number) => plot.top + ROW / 2 + index * ROW }
}

/** A name longer than its space is cut; the table beside the drawing has it whole. */
function labels(rows: { label: string }[], y: (index: number) => number) {
  return rows.map(({ label }, index) => ({
    at: y(index),
    label: beginning(label, 20),
  }))
}
