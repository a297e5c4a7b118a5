import type { Outcome } from '#models/deciding/enumerations'
import type { issueKinds, Nature, RaidType } from '#models/raid/enumerations'
import type { Level } from '#models/report/record/levels'

/** Something that is not as it was in the report before. */
export type Move = {
  kind:
    | 'opened'
    | 'closed'
    | 'raised'
    | 'lowered'
    | 'dependency_moved'
    | 'task_done'
    | 'gate_decided'
    | 'forecast_moved'
    | 'baseline_moved'
  id: string
  ref: string
  title: string
  /** What it was and what it is: levels of entries, days of dates, the outcome of a gate. */
  from: string | null
  to: string | null
}

export type TopItem = {
  id: string
  ref: string
  type: RaidType
  title: string
  level: Level | null
  rating: number
  owner_id: string | null
  /** Its owner is known by name alone. Reports that were published before they told have neither. */
  is_owned_outside?: boolean
  nature?: Nature | null
  due_on: string | null
}

/** A request for change or an off-specification, as the report tells it. */
export type ReportedChange = {
  id: string
  ref: string
  title: string
  kind: keyof typeof issueKinds
  status: string
  level: Level | null
  /** It came up since the report before. */
  is_new: boolean
}

export type Milestone = {
  id: string
  ref: string | null
  name: string
  baseline_on: string | null
  forecast_on: string | null
  actual_on: string | null
  outcome: Outcome | null
}

type ReportedCondition = {
  id: string
  ref: string
  text: string
  due_on: string
  is_overdue: boolean
}

/** What the project's record says beside the words of its manager. */
export type RecordContent = {
  moves: Move[]
  /** So many more moved than are kept. */
  moves_left: number
  top: TopItem[]
  milestones: Milestone[]
  conditions: ReportedCondition[]
  /** Reports that were published before they told of changes have none. */
  changes?: ReportedChange[]
  /** So many more changes than are kept. */
  changes_left?: number
  overdue: { entries: number; tasks: number }
  open: { risks: number; severe: number; issues: number; assumptions: number; dependencies: number }
}

/** How the record stood, so that the next report can tell what moved. */
export type RecordState = {
  /** Of dependencies also the status. */
  entries: Record<string, { rating: number; level: Level | null; status?: string }>
  dates: Record<string, { baseline_on: string | null; forecast_on: string | null }>
}

/** From when on, and from what state, a report tells what moved. */
export type Since = { at: string; state: RecordState }

export const NOTHING: RecordState = { entries: {}, dates: {} }
