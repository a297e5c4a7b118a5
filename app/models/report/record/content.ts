import type { Outcome } from '#models/deciding/enumerations'
import type { issueKinds, Nature, RaidType } from '#models/raid/enumerations'
import type { Level } from '#models/report/record/levels'

/** Something that has changed since the previous report. */
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
  /** Its former and present value: levels of entries, dates, the outcome of a gate. */
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
  /** Its owner is known only by name. Reports published before owners were included have neither. */
  is_owned_outside?: boolean
  nature?: Nature | null
  due_on: string | null
}

/** A request for change or an off-specification, as the report shows it. */
export type ReportedChange = {
  id: string
  ref: string
  title: string
  kind: keyof typeof issueKinds
  status: string
  level: Level | null
  /** It arose since the previous report. */
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

/** What the project's records show besides the manager's own words. */
export type RecordContent = {
  moves: Move[]
  /** How many more changes there were than are kept. */
  moves_left: number
  top: TopItem[]
  milestones: Milestone[]
  conditions: ReportedCondition[]
  /** Reports published before changes were included have none. */
  changes?: ReportedChange[]
  /** How many more requests for change there were than are kept. */
  changes_left?: number
  overdue: { entries: number; tasks: number }
  open: { risks: number; severe: number; issues: number; assumptions: number; dependencies: number }
}

/** The state of the records, so that the next report can tell what changed. */
export type RecordState = {
  /** For dependencies also the status. */
  entries: Record<string, { rating: number; level: Level | null; status?: string }>
  dates: Record<string, { baseline_on: string | null; forecast_on: string | null }>
}

/** The time, and the state, since which a report shows changes. */
export type Since = { at: string; state: RecordState }

export const NOTHING: RecordState = { entries: {}, dates: {} }
