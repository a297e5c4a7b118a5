import { inBatches } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import type { Viewer } from '#identity/viewer'
import { conditionKinds, conditionStates } from '#models/condition/enumerations'
import Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import Membership from '#models/membership'
import type Project from '#models/project'
import { gateRef } from '#models/gate/refs'
import type { Tenant } from '#tenancy/entry'

type Row = {
  condition: GateCondition
  gate: string | null
  owner_id: string
  owner_name: string | null
}

export const conditionColumns: Column<Row>[] = [
  { key: 'ref', header: 'Ref', value: ({ condition }) => condition.ref },
  { key: 'gate', header: 'Gate', value: ({ gate }) => gate },
  { key: 'text', header: 'Condition', kind: 'text', value: ({ condition }) => condition.text },
  {
    key: 'kind',
    header: 'Kind',
    value: ({ condition }) => conditionKinds[condition.kind],
    code: ({ condition }) => condition.kind,
  },
  {
    key: 'state',
    header: 'State',
    value: ({ condition }) => conditionStates[condition.shownState],
    code: ({ condition }) => condition.shownState,
  },
  { key: 'owner', header: 'Owner', value: (row) => row.owner_name },
  { key: 'due_on', header: 'Due', kind: 'date', value: ({ condition }) => condition.dueOn },
  { key: 'claim', header: 'Claim', kind: 'text', value: ({ condition }) => condition.claim },
  {
    key: 'claimed_on',
    header: 'Claimed on',
    kind: 'date',
    value: ({ condition }) => condition.claimedOn,
  },
  { key: 'answer', header: 'Answer', kind: 'text', value: ({ condition }) => condition.answer },
  {
    key: 'answered_on',
    header: 'Answered on',
    kind: 'date',
    value: ({ condition }) => condition.answeredOn,
  },
]

/** The conditions of a project's approvals, in the order in which they fall due. */
export function conditionList(tenant: Tenant, project: Project): ExportedList<Row> {
  const batches = inBatches(tenant, project.id, async (viewer, present) => ({
    rows: await rowsOf(viewer, present!),
    next: null,
  }))
  return {
    kind: 'gate_condition',
    name: `${project.code}-conditions`,
    columns: conditionColumns,
    batches,
  }
}

async function rowsOf(viewer: Viewer, project: Project): Promise<Row[]> {
  const gates = await Gate.of(project)
  const refs = new Map(gates.map(({ id, number }) => [id, gateRef(project.code, number)]))
  const conditions = await GateCondition.of(project)
  const names = await Membership.names(conditions.map(({ ownerId }) => ownerId))
  const rows = conditions.map((condition) => ({
    condition: condition.refersTo(project),
    gate: refs.get(condition.gateId) ?? null,
    owner_id: condition.ownerId,
    owner_name: names.get(condition.ownerId) ?? null,
  }))
  await withholdNames(rows, viewer, ['owner'])
  return rows
}
