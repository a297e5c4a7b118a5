import { DateTime } from 'luxon'
import type Gate from '#models/gate'
import type Project from '#models/project'
import type Stage from '#models/stage'
import { today } from '#models/days'
import { day } from '#registries/formats'
import { slipText } from '#pages/gates/words'

const LEFT = 150
const WIDTH = 690
const RIGHT = 92
const TOP = 34
const ROW = 40
const LABEL = 20
const MOST_TICKS = 9

/** The drawing of a project's gates along time: where each was promised, is expected or was held. */
export function timelineState(project: Project, stages: Stage[], gates: Gate[]) {
  const scale = scaleOf(project, stages, gates)
  if (!scale) return null
  const height = TOP + gates.length * ROW + 8
  return {
    width: LEFT + WIDTH + RIGHT,
    height,
    ticks: ticksOf(scale).map((tick) => ({ ...tick, y1: TOP - 6, y2: height })),
    today: { x: scale.x(today()), y1: TOP - 6, y2: height },
    rows: gates.map((gate, index) => rowOf(gate, stages, index, scale)),
    summary: gates.map((gate) => `${gate.name}: ${told(gate)}`).join('. '),
  }
}

type Scale = { from: DateTime; to: DateTime; x: (date: string) => number }

/** From the first month that anything happens in to the end of the last; null while nothing is dated. */
function scaleOf(project: Project, stages: Stage[], gates: Gate[]): Scale | null {
  const ofGates = gates.flatMap((gate) => datesOf(gate))
  const ofStages = stages.flatMap((stage) => bandOf(stage) ?? [])
  if (ofGates.length === 0) return null
  const ends = [project.forecastStartOn, project.baselineEndOn, project.forecastEndOn]
  const dates = [...ofGates, ...ofStages, ...ends, today()].filter((date) => date !== null).sort()
  const from = DateTime.fromISO(dates[0], { zone: 'utc' }).startOf('month')
  const to = DateTime.fromISO(dates.at(-1)!, { zone: 'utc' }).endOf('month')
  const length = to.diff(from, 'days').days
  const x = (date: string) => {
    const passed = DateTime.fromISO(date, { zone: 'utc' }).diff(from, 'days').days
    return round(LEFT + (passed / length) * WIDTH)
  }
  return { from, to, x }
}

function datesOf({ firstBaselineOn, baselineOn, forecastOn, actualOn }: Gate) {
  return [firstBaselineOn, baselineOn, forecastOn, actualOn].filter((date) => date !== null)
}

/** Months, quarters, half years or years, whichever are few enough to read. */
function ticksOf({ from, to, x }: Scale) {
  const months = Math.round(to.diff(from, 'months').months)
  const step = [1, 3, 6, 12, 24].find((size) => months / size <= MOST_TICKS) ?? 60
  const first = from.plus({ months: (step - ((from.month - 1) % step)) % step })
  const ticks = []
  for (let at = first; at <= to; at = at.plus({ months: step })) {
    const label =
      step >= 12 ? at.toFormat('yyyy') : at.toFormat(at.month === 1 ? 'LLL yyyy' : 'LLL')
    ticks.push({ x: x(at.toISODate()!), label })
  }
  return ticks
}

function rowOf(gate: Gate, stages: Stage[], index: number, { x }: Scale) {
  const y = TOP + index * ROW + ROW / 2
  const stage = stages.find(({ id }) => id === gate.stageId)
  const band = stage && bandOf(stage)
  const end = gate.actualOn ?? gate.forecastOn
  const place = (date: string | null) => date && x(date)
  return {
    y,
    ref: gate.ref,
    label: cut(gate.name),
    band: band && { x: x(band[0]), width: Math.max(2, round(x(band[1]) - x(band[0]))) },
    first: gate.firstBaselineOn === gate.baselineOn ? null : place(gate.firstBaselineOn),
    baseline: place(gate.baselineOn),
    forecast: gate.actualOn ? null : place(gate.forecastOn),
    actual: place(gate.actualOn),
    slip:
      gate.baselineOn && end && end !== gate.baselineOn ? slipLine(gate.baselineOn, end, x) : null,
    note: slipText(gate),
    noteX: Math.max(...datesOf(gate).map(x), LEFT) + 12,
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

function told(gate: Gate) {
  const parts = [
    gate.baselineOn && `baseline ${day(gate.baselineOn)}`,
    gate.actualOn
      ? `held ${day(gate.actualOn)}`
      : gate.forecastOn && `forecast ${day(gate.forecastOn)}`,
    slipText(gate),
  ]
  return parts.filter(Boolean).join(', ') || 'no date yet'
}

function cut(text: string) {
  return text.length > LABEL ? `${text.slice(0, LABEL - 1).trimEnd()}…` : text
}

function round(value: number) {
  return Math.round(value * 10) / 10
}
