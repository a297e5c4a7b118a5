import { scaleBand, scaleLinear, scaleUtc } from 'd3-scale'

/** The area of a drawing for its marks, in its own units. */
type Plot = {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

type Tick = { at: number; label: string }
type Mark = { title: string; class: string; href?: string | null }
export type Rect = Mark & { x: number; y: number; width: number; height: number; label?: string }
export type Dot = Mark & { x: number; y: number; shape: 'circle' | 'diamond' }
export type Path = { d: string; class: string }
export type Cell = string | { text: string; href: string }

/** A chart on a page: a drawing, its description, and a table of the same data. */
export type Chart = {
  id: string
  title: string
  /** What can be seen at a glance, for people who do not see the drawing. */
  summary: string
  plot: Plot
  xTicks: Tick[]
  yTicks: Tick[]
  /** A highlighted tick of the horizontal axis, such as today. */
  now: number | null
  rects: Rect[]
  dots: Dot[]
  paths: Path[]
  legend: { label: string; class: string }[]
  table: { head: string[]; rows: Cell[][] }
  /** Anything else that a reader should know. */
  note: string | null
}

/** As wide as a phone can show with legible text; two fit side by side on a laptop. */
export const WIDTH = 480
/** For charts whose bars or lines rise from the axis. */
export const HEIGHT = 220
const GAP_BETWEEN_BANDS = 0.25

const MARGIN = { left: 44, right: 12, top: 12, bottom: 28 }

/** The room of a drawing; `margin` changes what stays free around it. */
export function plotOf(width: number, height: number, margin: Partial<typeof MARGIN> = {}): Plot {
  const free = { ...MARGIN, ...margin }
  return {
    width,
    height,
    left: free.left,
    right: width - free.right,
    top: free.top,
    bottom: height - free.bottom,
  }
}

/** Counts upwards from 0. Ticks are whole numbers: there is no half a risk. */
export function countAxis(plot: Plot, counts: number[]) {
  const scale = scaleLinear([0, Math.max(1, ...counts)], [plot.bottom, plot.top]).nice(4)
  const ticks = scale
    .ticks(4)
    .filter(Number.isInteger)
    .map((value) => ({ at: round(scale(value)), label: String(value) }))
  return { scale: (value: number) => round(scale(value)), ticks }
}

/** Categories side by side; every `step`-th is labelled, so that labels never touch. */
export function bandAxis(plot: Plot, labels: string[]) {
  const keys = labels.map((_, index) => String(index))
  const scale = scaleBand(keys, [plot.left, plot.right]).padding(GAP_BETWEEN_BANDS)
  const step = Math.ceil(labels.length / Math.max(1, Math.floor((plot.right - plot.left) / 64)))
  const ticks = labels.flatMap((label, index) =>
    (labels.length - 1 - index) % step === 0
      ? [{ at: round(scale(String(index))! + scale.bandwidth() / 2), label }]
      : []
  )
  return {
    scale: (index: number) => round(scale(String(index))!),
    width: round(scale.bandwidth()),
    ticks,
  }
}

/** Days from left to right, in UTC so that no hour is lost in spring; `inset` leaves room for marks at the ends. */
export function dayAxis(plot: Plot, from: string, to: string, inset = 0) {
  const scale = scaleUtc([dateOf(from), dateOf(to)], [plot.left + inset, plot.right - inset])
  const ticks = scale
    .ticks(Math.floor((plot.right - plot.left) / 72))
    .map((date) => ({ at: round(scale(date)), label: LABEL.format(date) }))
  return { scale: (day: string) => round(scale(dateOf(day))), ticks }
}

const LABEL = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

function dateOf(day: string) {
  return new Date(`${day}T00:00:00Z`)
}

/** One decimal is finer than a screen can show, and keeps pages small. */
function round(value: number) {
  return Math.round(value * 10) / 10
}
