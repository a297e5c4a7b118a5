import type { Cell, Column } from '#exports/board_pack/table'
import type { GridRow, RagCell } from '#pages/portfolio/grid_rows'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** The head of the portfolio's table, on paper and on slides. */
export const gridHead: Column[] = [
  { label: 'Project', share: 5 },
  { label: 'Stage', share: 3 },
  { label: 'Overall', share: 2.2 },
  ...['Sch', 'Cost', 'Scope', 'Ben', 'Res', 'Conf'].map((label) => ({ label, share: 1 })),
  { label: 'Next gate', share: 4 },
  { label: 'Slip', share: 1.4 },
  { label: 'Severe', share: 1.3 },
  { label: 'Lapsed', share: 1.3 },
  { label: 'Report', share: 2 },
]

/** A project's row, as the grid on the page tells it. */
export function gridCells(row: GridRow): Cell[] {
  return [
    `${row.name}\n${row.code} · ${row.managerName ?? 'no manager'}`,
    `${row.stageName ?? ''}\n${terms.projectStatuses[row.status].label}, ${row.stageNumber} of ${row.stageCount}`,
    overallOf(row),
    ...[...row.parts, row.confidence].map((cell) => ragOf(cell)),
    gateOf(row),
    row.gate?.slipWords ?? '–',
    String(row.severe),
    String(row.lapsed),
    `${row.report.age ?? 'none yet'}${row.report.isSilent ? '\nsilent' : ''}`,
  ]
}

const ARROWS = { up: '↑', down: '↓', arrow: '=' } as const

function ragOf({ look, trend }: RagCell, isWhole = false): Cell {
  if (!look) return '–'
  const arrow = trend ? ARROWS[trend.icon] : ''
  return {
    letter: look.letter,
    tone: look.tone ?? 'none',
    word: isWhole ? `${look.label} ${arrow}`.trim() : arrow,
  }
}

/** Declared better than the records show: the two stand side by side here as well. */
function overallOf({ overall, optimistic }: GridRow): Cell {
  const cell = ragOf(overall, true)
  if (typeof cell === 'string' || !optimistic) return cell
  return { ...cell, word: `${cell.word}\ncomputed ${optimistic}` }
}

function gateOf({ gate }: GridRow) {
  if (!gate) return 'None left'
  const baseline =
    gate.baselineOn && gate.baselineOn !== gate.forecastOn
      ? `, baseline ${day(gate.baselineOn)}`
      : ''
  return `${gate.name}\n${gate.forecastOn ? day(gate.forecastOn) : 'No date'}${baseline}`
}
