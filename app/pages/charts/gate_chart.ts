import type { DatedGate } from '#models/charts/gates'
import { today } from '#models/days'
import { slipOf } from '#models/gate/slip'
import type { Cell, Chart } from '#pages/charts/plot'
import { slipRows, type Milestone } from '#pages/charts/rows'
import { day } from '#registries/formats'

type Naming = 'gate' | 'project'

/** Gates against their baselines; `naming` says whether a row is named by its gate or its project. */
export function gateChart(gates: DatedGate[], naming: Naming): Chart | null {
  const rows = gates.filter(isDated).map((gate) => rowOf(gate, naming))
  if (rows.length === 0) return null
  return {
    id: 'gates',
    rects: [],
    ...slipRows(rows, today()),
    title:
      naming === 'gate' ? 'Gates against their baselines' : 'Next gates against their baselines',
    summary: summaryOf(rows),
    legend: [
      { label: 'Baseline', class: 'chart__promised' },
      { label: 'Held', class: 'chart__held' },
      { label: 'Expected', class: 'chart__expected' },
      { label: 'Expected late', class: 'chart__expected chart__expected--late' },
    ],
    note: 'The vertical line is today.',
    table: {
      head: [
        naming === 'gate' ? 'Gate' : 'Project and gate',
        'Baseline',
        'Expected or held',
        'Slip',
      ],
      rows: rows.map(cellsOf),
    },
  }
}

/** A rejected gate is neither held nor expected any more. */
function isDated({ baselineOn, forecastOn, actualOn, outcome }: DatedGate) {
  return outcome !== 'rejected' && Boolean(baselineOn || forecastOn || actualOn)
}

function rowOf(gate: DatedGate, naming: Naming): Milestone {
  const on = gate.actualOn ?? gate.forecastOn
  const isHeld = gate.actualOn !== null
  const slip = slipOf(gate)
  const name = naming === 'gate' ? gate.name : `${gate.code} ${gate.name}`
  return {
    label: naming === 'gate' ? gate.name : gate.code,
    name,
    slip,
    on,
    baselineOn: gate.baselineOn,
    isHeld,
    title: `${name}: ${told(on ?? gate.baselineOn, isHeld)}${slipTold(slip)}`,
    href: `/projects/${gate.projectId}/gates/${gate.id}`,
  }
}

function told(on: string | null, isHeld: boolean) {
  return `${isHeld ? 'held' : 'expected'} on ${day(on)}`
}

function slipTold(slip: number | null) {
  if (!slip) return ''
  return `, ${many(Math.abs(slip))} ${slip > 0 ? 'late' : 'early'}`
}

function summaryOf(rows: Milestone[]) {
  const late = rows.filter(({ slip }) => (slip ?? 0) > 0)
  if (late.length === 0) {
    return `${rows.length === 1 ? 'The gate is' : `All ${rows.length} gates are`} on time or early.`
  }
  const worst = late.toSorted((one, other) => other.slip! - one.slip!)[0]
  const are = late.length === 1 ? 'is' : 'are'
  return `${late.length} of ${rows.length} ${are} later than planned, ${worst.name} the most: by ${many(worst.slip!)}.`
}

function cellsOf({ name, href, baselineOn, on, slip }: Milestone): Cell[] {
  return [{ text: name, href }, day(baselineOn) || 'None', day(on) || 'Not known', slipCell(slip)]
}

function slipCell(slip: number | null) {
  if (slip === null) return 'Not known'
  if (slip === 0) return 'None'
  return `${slip > 0 ? '+' : '−'}${many(Math.abs(slip))}`
}

function many(days: number) {
  return days === 1 ? '1 day' : `${days} days`
}
