import { outcomes, type Outcome } from '#models/deciding/enumerations'
import type { Move, RecordState, Since } from '#models/report/record/content'
import { refOf } from '#models/raid/refs'
import { levelOf, weightOf } from '#models/report/record/levels'
import type { RaidRow } from '#models/report/record/raid'
import type { TaskRow } from '#models/report/record/tasks'
import { taskRef } from '#models/task/refs'

export type DatedGate = {
  id: string
  ref: string
  name: string
  baselineOn: string | null
  forecastOn: string | null
  /** What was decided, and when. */
  outcome: Outcome | null
  decidedAt: string | null
}

/** How many changes are shown at once: a report is one page. */
const SHOWN = 12

/** How many are kept: no one reads more, and a report is read whole. */
const KEPT = 200

/** The most important changes, and how many are left out. */
export function kept(moves: Move[]) {
  return { moves: moves.slice(0, KEPT), moves_left: Math.max(0, moves.length - KEPT) }
}

/** Those that a report shows at once, and those folded away beneath. */
export function shown(moves: Move[]): [first: Move[], further: Move[]] {
  return [moves.slice(0, SHOWN), moves.slice(SHOWN)]
}

/** Changes to gates: those decided first, then dates. */
export function gateMoves(gates: DatedGate[], { at, state }: Since): Move[] {
  const decided = gates.filter(({ decidedAt }) => decidedAt !== null && decidedAt > at)
  return [
    ...decided.map(({ id, ref, name, outcome }): Move => ({
      kind: 'gate_decided',
      id,
      ref,
      title: name,
      from: null,
      to: outcome && outcomes[outcome].toLowerCase(),
    })),
    ...gates.flatMap((gate) => dateMoves(gate, state)),
  ]
}

function dateMoves(gate: DatedGate, { dates }: RecordState): Move[] {
  const before = dates[gate.id]
  if (!before) return []
  const moved = (kind: Move['kind'], from: string | null, to: string | null): Move[] =>
    from === to ? [] : [{ kind, id: gate.id, ref: gate.ref, title: gate.name, from, to }]
  return [
    ...moved('baseline_moved', before.baseline_on, gate.baselineOn),
    ...moved('forecast_moved', before.forecast_on, gate.forecastOn),
  ]
}

/** Changes to entries of the log, the most severe first. */
export function entryMoves(rows: RaidRow[], code: string, { state }: Since): Move[] {
  return rows
    .toSorted((one, other) => weightOf(other) - weightOf(one))
    .flatMap((row) => entryMove(row, code, state))
}

function entryMove(row: RaidRow, code: string, { entries }: RecordState): Move[] {
  const before = entries[row.id]
  const level = levelOf(row)
  const move = {
    id: row.id,
    ref: refOf(row.is_shared ? row.home_code : code, row),
    title: row.title,
  }
  if (!row.is_open) {
    if (!before && !row.is_new) return []
    return [{ ...move, kind: 'closed', from: before?.level ?? null, to: null }]
  }
  if (!before) return row.is_new ? [{ ...move, kind: 'opened', from: null, to: level }] : []
  if (before.status && before.status !== row.status) {
    return [{ ...move, kind: 'dependency_moved', from: before.status, to: row.status }]
  }
  if (before.rating === row.rating || !level) return []
  const kind = before.rating < row.rating ? 'raised' : 'lowered'
  return [
    {
      ...move,
      kind,
      from: said(before, row.type),
      to: said({ rating: row.rating, level }, row.type),
    },
  ]
}

/** Risks are shown with their score as well: it may change within one band. */
function said({ rating, level }: { rating: number; level: string | null }, type: string) {
  return level && type === 'risk' ? `${level} ${rating}` : level
}

/** The completed tasks, as changes. */
export function taskMoves(rows: TaskRow[], code: string): Move[] {
  return rows
    .filter(({ kind }) => kind === 'done')
    .map((row) => ({
      kind: 'task_done',
      id: row.id,
      ref: taskRef(code, row.number),
      title: row.title,
      from: null,
      to: row.on,
    }))
}
