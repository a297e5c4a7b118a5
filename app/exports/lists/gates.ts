import { inBatches } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import Gate from '#models/gate'
import type { Outcome } from '#models/deciding/enumerations'
import { datesThatCount, slipOf } from '#models/gate/slip'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import { gateStatuses, outcomes } from '#registries/terms'
import type { Tenant } from '#tenancy/entry'

type Row = { gate: Gate; stage: string | null; outcome: Outcome | null }

export const gateColumns: Column<Row>[] = [
  { key: 'ref', header: 'Ref', value: ({ gate }) => gate.ref },
  { key: 'name', header: 'Gate', value: ({ gate }) => gate.name },
  { key: 'purpose', header: 'Purpose', kind: 'text', value: ({ gate }) => gate.purpose },
  { key: 'stage', header: 'Closes stage', value: ({ stage }) => stage },
  {
    key: 'status',
    header: 'Status',
    value: ({ gate }) => gateStatuses[gate.status].label,
    code: ({ gate }) => gate.status,
  },
  {
    key: 'outcome',
    header: 'Decision',
    value: ({ outcome }) => outcome && outcomes[outcome].label,
    code: ({ outcome }) => outcome,
  },
  { key: 'baseline_on', header: 'Baseline', kind: 'date', value: ({ gate }) => gate.baselineOn },
  { key: 'forecast_on', header: 'Forecast', kind: 'date', value: ({ gate }) => gate.forecastOn },
  { key: 'actual_on', header: 'Held', kind: 'date', value: ({ gate }) => gate.actualOn },
  {
    key: 'slip_days',
    header: 'Days late',
    kind: 'number',
    value: ({ gate, outcome }) => slipOf(datesThatCount(gate, outcome)),
  },
]

/** The gates of a project in their order. */
export function gateList(tenant: Tenant, project: Project): ExportedList<Row> {
  const batches = inBatches(tenant, project.id, async (_, present) => ({
    rows: await rowsOf(present!),
    next: null,
  }))
  return { kind: 'gate', name: `${project.code}-gates`, columns: gateColumns, batches }
}

async function rowsOf(project: Project): Promise<Row[]> {
  const stages = await project.related('stages').query()
  const names = new Map(stages.map(({ id, name }) => [id, name]))
  const decisions = await GateDecision.standingIn(project)
  return (await Gate.of(project)).map((gate) => ({
    gate: gate.refersTo(project),
    stage: names.get(gate.stageId) ?? null,
    outcome: gate.status === 'decided' ? (decisions.get(gate.id)?.outcome ?? null) : null,
  }))
}
