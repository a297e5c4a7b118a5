import type { Cell, Column } from '#exports/board_pack/table'
import type { PackContent } from '#pages/board_pack/content'
import type { ProjectSheet } from '#pages/board_pack/project_sheet'
import type { GridRow, RagCell } from '#pages/portfolio/grid_rows'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** A table with its heading, on paper and on slides. */
export type Part = { title: string; head: Column[]; rows: Cell[][] }

/** Who may read the projects of a pack. */
export function readersPart({ readers }: PackContent): Part {
  return {
    title: 'Who may see it',
    head: columnsOf(['Code', 'Project', 'Who can see it'], [1, 4, 3]),
    rows: readers.map(({ code, name, visibility }) => [code, name, visibility]),
  }
}

/** How a project is rated, and why. */
export function ratingsPart({ ratings }: ProjectSheet): Part {
  return {
    title: 'Ratings',
    head: columnsOf(['Dimension', 'Rating', 'Why, and the path to green'], [2, 2, 8]),
    rows: ratings.map(({ label, letter, tone, word, reason }) => [
      label,
      { letter, tone, word, spoken: word },
      reason,
    ]),
  }
}

/** The gates of a project, baseline beside forecast. */
export function gatesPart({ gates }: ProjectSheet): Part {
  return {
    title: 'Gates',
    head: columnsOf(['Gate', 'Baseline', 'Expected or held', 'Slip'], [5, 2, 2, 1]),
    rows: gates.map(({ name, baseline, expected, slip }) => [name, baseline, expected, slip]),
  }
}

/** The conditions of a project's approvals that no one has verified yet. */
export function conditionsPart({ conditions }: ProjectSheet): Part {
  return {
    title: 'Conditions that are open',
    head: columnsOf(['Ref', 'Condition', 'Due'], [2, 8, 2]),
    rows: conditions.map(({ ref, text, due, isOverdue }) => [
      ref,
      text,
      isOverdue ? `${due}, lapsed` : due,
    ]),
  }
}

/** The most severe entries of a project. */
export function itemsPart({ items }: ProjectSheet): Part {
  return {
    title: 'Weightiest risks and issues',
    head: columnsOf(['Ref', 'Title', 'Weight', 'Owner', 'Due'], [2, 6, 2, 2, 2]),
    rows: items.map(({ ref, title, weight, owner, due }) => [ref, title, weight, owner, due]),
  }
}

function columnsOf(labels: string[], shares: number[]): Column[] {
  return labels.map((label, index) => ({ label, share: shares[index] }))
}

/** What a pack tells readers who may read less. */
export const RIGHTS =
  'It holds what the person it was prepared for could read at that moment; others may be able to read less.'

/** The head of the portfolio's table, on paper and on slides. */
export const gridHead: Column[] = [
  { label: 'Project', share: 5 },
  { label: 'Stage', share: 3 },
  { label: 'Overall', share: 2.2 },
  { label: 'Sch', spoken: 'Schedule', share: 1 },
  { label: 'Cost', share: 1 },
  { label: 'Scope', share: 1 },
  { label: 'Ben', spoken: 'Benefits', share: 1 },
  { label: 'Res', spoken: 'Resources', share: 1 },
  { label: 'Conf', spoken: 'Delivery confidence', share: 1 },
  { label: 'Next gate', share: 4 },
  { label: 'Slip', share: 1.4 },
  { label: 'Severe', share: 1.3 },
  { label: 'Lapsed', share: 1.3 },
  { label: 'Report', share: 2 },
]

/** A project's row, as the grid on the page shows it. */
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
    spoken: trend ? `${look.label}, ${trend.text}` : look.label,
  }
}

/** Declared better than the records show: both are given side by side here as well. */
function overallOf({ overall, optimistic }: GridRow): Cell {
  const cell = ragOf(overall, true)
  if (typeof cell === 'string' || !optimistic) return cell
  const computed = `computed ${optimistic}`
  return { ...cell, word: `${cell.word}\n${computed}`, spoken: `${cell.spoken}, ${computed}` }
}

function gateOf({ gate }: GridRow) {
  if (!gate) return 'None left'
  const baseline =
    gate.baselineOn && gate.baselineOn !== gate.forecastOn
      ? `, baseline ${day(gate.baselineOn)}`
      : ''
  return `${gate.name}\n${gate.forecastOn ? day(gate.forecastOn) : 'No date'}${baseline}`
}
