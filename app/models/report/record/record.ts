import { openConditions } from '#models/condition/open'
import Gate from '#models/gate'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import { today } from '#models/days'
import { refOf } from '#models/raid/refs'
import { scoring } from '#models/raid/scoring'
import type {
  Milestone,
  RecordContent,
  RecordState,
  Since,
  TopItem,
} from '#models/report/record/content'
import { changesIn } from '#models/report/record/changes'
import { levelOf, weightOf } from '#models/report/record/levels'
import { entryMoves, gateMoves, kept, taskMoves, type DatedGate } from '#models/report/record/moves'
import { raidRows, type RaidRow } from '#models/report/record/raid'
import { reportedTasks, type TaskRow } from '#models/report/record/tasks'

/** How many risks and issues are named. */
const TOP = 5

/** What the records provide for a report: the content to print, the state for later comparison, and its source. */
export type ProjectRecord = {
  content: RecordContent
  state: RecordState
  rows: RaidRow[]
  tasks: TaskRow[]
  gates: DatedGate[]
}

/** Reads a project's records. The number of queries does not grow with them. */
export async function recordOf(project: Project, since: Since): Promise<ProjectRecord> {
  const [rows, tasks, conditions, found, decisions] = await Promise.all([
    raidRows(project, since.at, Object.keys(since.state.entries)),
    reportedTasks(project, since.at),
    openConditions(project),
    Gate.of(project),
    GateDecision.standingIn(project),
  ])
  const gates = found.map((gate) => dated(gate.refersTo(project), decisions.get(gate.id)))
  return {
    content: {
      ...kept([
        ...gateMoves(gates, since),
        ...entryMoves(rows, project.code, since),
        ...taskMoves(tasks, project.code),
      ]),
      top: topOf(rows, project.code),
      milestones: [...found.map((gate, index) => milestone(gate, gates[index])), end(project)],
      conditions: conditions.map(({ id, ref, text, dueOn, isOverdue }) => ({
        id,
        ref,
        text,
        due_on: dueOn,
        is_overdue: isOverdue,
      })),
      ...changesIn(rows, project.code, since),
      overdue: overdueIn(rows, tasks),
      open: openIn(rows),
    },
    state: stateOf(rows, gates),
    rows,
    tasks,
    gates,
  }
}

function dated(gate: Gate, decision: GateDecision | undefined): DatedGate {
  const { id, ref, name, baselineOn, forecastOn } = gate
  const isDecided = decision && gate.status === 'decided'
  return {
    id,
    ref,
    name,
    baselineOn,
    forecastOn,
    outcome: isDecided ? decision.outcome : null,
    decidedAt: isDecided ? decision.decidedAt.toUTC().toISO() : null,
  }
}

function topOf(rows: RaidRow[], code: string): TopItem[] {
  return rows
    .filter((row) => row.is_open && weightOf(row) > 0)
    .toSorted((one, other) => weightOf(other) - weightOf(one))
    .slice(0, TOP)
    .map((row) => ({
      id: row.id,
      ref: refOf(code, row),
      type: row.type,
      title: row.title,
      level: levelOf(row),
      rating: row.type === 'risk' ? row.rating : row.rating % 100,
      owner_id: row.owner_id,
      is_owned_outside: row.is_owned_outside,
      nature: row.nature,
      due_on: row.due_on,
    }))
}

function milestone(gate: Gate, { id, ref, name, outcome }: DatedGate): Milestone {
  return {
    id,
    ref,
    name,
    outcome,
    baseline_on: gate.baselineOn,
    forecast_on: gate.forecastOn,
    actual_on: gate.actualOn,
  }
}

/** The end of the project is what every other date leads to. */
function end({ id, baselineEndOn, forecastEndOn }: Project): Milestone {
  return {
    id,
    ref: null,
    name: 'End of the project',
    actual_on: null,
    outcome: null,
    baseline_on: baselineEndOn ?? null,
    forecast_on: forecastEndOn ?? null,
  }
}

function overdueIn(rows: RaidRow[], tasks: TaskRow[]) {
  const late = rows.filter((row) => row.is_open && row.due_on !== null && row.due_on < today())
  return { entries: late.length, tasks: tasks.reduce((sum, { overdue }) => sum + overdue, 0) }
}

function openIn(rows: RaidRow[]) {
  const open = rows.filter((row) => row.is_open)
  const count = (type: RaidRow['type']) => open.filter((row) => row.type === type).length
  const severe = open.filter(
    (row) => row.type === 'risk' && row.rating >= scoring().bands.severe.from
  )
  return {
    risks: count('risk'),
    severe: severe.length,
    issues: count('issue'),
    assumptions: count('assumption'),
    dependencies: count('dependency'),
  }
}

function standingOf(row: RaidRow) {
  const { rating, status } = row
  return { rating, level: levelOf(row), ...(row.type === 'dependency' && { status }) }
}

function stateOf(rows: RaidRow[], gates: DatedGate[]): RecordState {
  return {
    entries: Object.fromEntries(
      rows.filter((row) => row.is_open).map((row) => [row.id, standingOf(row)])
    ),
    dates: Object.fromEntries(
      gates.map(({ id, baselineOn, forecastOn }) => [
        id,
        { baseline_on: baselineOn, forecast_on: forecastOn },
      ])
    ),
  }
}
