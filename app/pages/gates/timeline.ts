import { DateTime } from 'luxon'
import { beginning } from '#models/text/beginning'
import type Gate from '#models/gate'
import type { Dated } from '#models/gate/slip'
import type Project from '#models/project'
import type Stage from '#models/stage'
import { today } from '#models/days'
import { day } from '#registries/formats'
import { slipText } from '#pages/gates/words'

const TOP = 34

/** Names are beside their line if there is room, and above it on a phone, where all of it has to fit. */
const WIDE = {
  left: 206,
  width: 634,
  right: 92,
  row: 40,
  mostTicks: 9,
  letters: 29,
  isBeside: true,
}
const MIDDLE = { ...WIDE, left: 150, width: 378, mostTicks: 6, letters: 20 }
const NARROW = {
  left: 9,
  width: 276,
  right: 9,
  row: 52,
  mostTicks: 4,
  letters: 17,
  isBeside: false,
}

type Shape = typeof WIDE

/** A gate with the dates that count. */
export type TimelineGate = Dated &
  Pick<Gate, 'ref' | 'name' | 'stageId' | 'firstBaselineOn'> & { isRejected: boolean }

/**
 * The timeline of a project's gates: when each was promised, is expected or was held; a rejected gate is no longer
 * expected.
 */
export function timelineState(project: Project, stages: Stage[], gates: TimelineGate[]) {
  const span = spanOf(project, stages, gates)
  if (!span) return null
  return {
    drawings: [
      { name: 'wide', ...drawing(WIDE, span, stages, gates) },
      { name: 'middle', ...drawing(MIDDLE, span, stages, gates) },
      { name: 'narrow', ...drawing(NARROW, span, stages, gates) },
    ],
    summary: gates.map((gate) => `${gate.name}: ${told(gate)}`).join('. '),
  }
}

function drawing(shape: Shape, span: Span, stages: Stage[], gates: TimelineGate[]) {
  const scale = { ...span, shape, x: placing(shape, span) }
  const { left, width, right, row } = shape
  const height = TOP + gates.length * row + 8
  return {
    width: left + width + right,
    height,
    ticks: ticksOf(scale).map((tick) => ({ ...tick, y1: TOP - 6, y2: height })),
    today: { x: scale.x(today()), y1: TOP - 6, y2: height },
    rows: gates.map((gate, index) => rowOf(gate, stages, index, scale)),
  }
}

type Span = { from: DateTime; to: DateTime }
type Scale = Span & { shape: Shape; x: (date: string) => number }

/** From the first month that anything happens in to the end of the last; null while nothing is dated. */
function spanOf(project: Project, stages: Stage[], gates: TimelineGate[]): Span | null {
  const ofGates = gates.flatMap((gate) => datesOf(gate))
  const ofStages = stages.flatMap((stage) => bandOf(stage) ?? [])
  if (ofGates.length === 0) return null
  const ends = [project.forecastStartOn, project.baselineEndOn, project.forecastEndOn]
  const dates = [...ofGates, ...ofStages, ...ends, today()].filter((date) => date !== null).sort()
  const from = DateTime.fromISO(dates[0], { zone: 'utc' }).startOf('month')
  const to = DateTime.fromISO(dates.at(-1)!, { zone: 'utc' }).endOf('month')
  return { from, to }
}

function placing({ left, width }: Shape, { from, to }: Span) {
  const length = to.diff(from, 'days').days
  return (date: string) => {
    const passed = DateTime.fromISO(date, { zone: 'utc' }).diff(from, 'days').days
    return round(left + (passed / length) * width)
  }
}

function datesOf({ firstBaselineOn, baselineOn, forecastOn, actualOn }: TimelineGate) {
  return [firstBaselineOn, baselineOn, forecastOn, actualOn].filter((date) => date !== null)
}

/** Months, quarters, half years or years, whichever are few enough to read. */
function ticksOf({ from, to, shape, x }: Scale) {
  const months = Math.round(to.diff(from, 'months').months)
  const step = [1, 3, 6, 12, 24].find((size) => months / size <= shape.mostTicks) ?? 60
  const first = from.plus({ months: (step - ((from.month - 1) % step)) % step })
  const ticks = []
  for (let at = first; at <= to; at = at.plus({ months: step })) {
    const label =
      step >= 12 ? at.toFormat('yyyy') : at.toFormat(at.month === 1 ? 'LLL yyyy' : 'LLL')
    ticks.push({ x: x(at.toISODate()!), label })
  }
  return ticks
}

function rowOf(gate: TimelineGate, stages: Stage[], index: number, { shape, x }: Scale) {
  const { left, row, letters, isBeside } = shape
  const y = TOP + (index + 0.5) * row + (isBeside ? 0 : 12)
  const stage = stages.find(({ id }) => id === gate.stageId)
  const band = stage && bandOf(stage)
  const end = gate.actualOn ?? gate.forecastOn
  const place = (date: string | null) => date && x(date)
  return {
    y,
    ref: gate.ref,
    label: cut(gate.name, letters),
    band: band && { x: x(band[0]), width: Math.max(2, round(x(band[1]) - x(band[0]))) },
    first: gate.firstBaselineOn === gate.baselineOn ? null : place(gate.firstBaselineOn),
    baseline: place(gate.baselineOn),
    forecast: gate.actualOn ? null : place(gate.forecastOn),
    actual: place(gate.actualOn),
    slip:
      gate.baselineOn && end && end !== gate.baselineOn ? slipLine(gate.baselineOn, end, x) : null,
    note: gate.isRejected ? 'Rejected' : slipText(gate),
    noteX: isBeside ? Math.max(...[...datesOf(gate), ...(band ?? [])].map(x), left) + 12 : null,
    title: `${gate.ref} ${gate.name}: ${told(gate)}`,
  }
}

function slipLine(baseline: string, end: string, x: Scale['x']) {
  return { x1: x(baseline), x2: x(end), isLate: end > baseline }
}

/** The best known beginning and end of a stage. */
function bandOf(stage: Stage): [string, string] | null {
  const start = stage.actualStartOn ?? stage.forecastStartOn ?? stage.baselineStartOn
  const end = stage.actualEndOn ?? stage.forecastEndOn ?? stage.baselineEndOn
  return start && end && start <= end ? [start, end] : null
}

function told(gate: TimelineGate) {
  const parts = [
    gate.baselineOn && `baseline ${day(gate.baselineOn)}`,
    gate.actualOn
      ? `held ${day(gate.actualOn)}`
      : gate.forecastOn && `forecast ${day(gate.forecastOn)}`,
    gate.isRejected ? 'rejected' : slipText(gate),
  ]
  return parts.filter(Boolean).join(', ') || 'no date yet'
}

function cut(text: string, most: number) {
  return beginning(text, most)
}

function round(value: number) {
  return Math.round(value * 10) / 10
}
