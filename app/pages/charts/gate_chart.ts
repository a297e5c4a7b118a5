import type { DatedGate } from '#models/charts/gates'
import { today } from '#models/days'
import { slipOf } from '#models/gate/slip'
import type { Chart } from '#pages/charts/plot'
import { slipRows } from '#pages/charts/rows'
import { day } from '#registries/formats'

/** Gates against their baselines; `naming` says by what a row goes, its gate or its project. */
export function gateChart(gates: DatedGate[], naming: 'gate' | 'project'): Chart | null {
  const rows = gates.filter(isDated).map((gate) => {
    const on = gate.actualOn ?? gate.forecastOn
    const slip = slipOf(gate)
    const name = naming === 'gate' ? gate.name : `${gate.code} ${gate.name}`
    return {
      label: naming === 'gate' ? gate.name : gate.code,
      name,
      slip,
      on,
      baselineOn: gate.baselineOn,
      isHeld: gate.actualOn !== null,
      title: `${name}: ${told(on ?? gate.baselineOn, gate.actualOn !== null)}${slipTold(slip)}`,
      href: `/projects/${gate.projectId}/gates/${gate.id}`,
    }
  })
  if (rows.length === 0) return null
  const late = rows.filter(({ slip }) => (slip ?? 0) > 0)
  const worst = late.toSorted((one, other) => other.slip! - one.slip!)[0]
  return {
    id: 'gates',
    rects: [],
    ...slipRows(rows, today()),
    title:
      naming === 'gate' ? 'Gates against their baselines' : 'Next gates against their baselines',
    summary:
      late.length === 0
        ? `${rows.length === 1 ? 'The gate is' : `All ${rows.length} gates are`} on time or early.`
        : `${late.length} of ${rows.length} ${late.length === 1 ? 'is' : 'are'} later than planned, ${worst.name} the most: by ${many(worst.slip!)}.`,
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
      rows: rows.map(({ name, href, baselineOn, on, slip }) => [
        { text: name, href },
        day(baselineOn) || 'None',
        day(on) || 'Not known',
        slip === null
          ? 'Not known'
          : slip === 0
            ? 'None'
            : `${slip > 0 ? '+' : '−'}${many(Math.abs(slip))}`,
      ]),
    },
  }
}

function isDated({ baselineOn, forecastOn, actualOn }: DatedGate) {
  return Boolean(baselineOn || forecastOn || actualOn)
}

function told(on: string | null, isHeld: boolean) {
  return `${isHeld ? 'held' : 'expected'} on ${day(on)}`
}

function slipTold(slip: number | null) {
  if (!slip) return ''
  return `, ${many(Math.abs(slip))} ${slip > 0 ? 'late' : 'early'}`
}

function many(days: number) {
  return days === 1 ? '1 day' : `${days} days`
}
