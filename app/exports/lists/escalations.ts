import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import { escalations, escalationStates, statusLabel, types } from '#models/raid/enumerations'
import type { EscalationFilters } from '#models/raid/escalation_filters'
import { escalationBatch, type EscalationRow } from '#models/raid/escalation_list'
import { refOf } from '#models/raid/refs'
import type { Tenant } from '#tenancy/entry'

export const escalationColumns: Column<EscalationRow>[] = [
  { key: 'ref', header: 'Ref', value: (row) => refOf(row.project_code, row) },
  { key: 'type', header: 'Kind', value: ({ type }) => types[type], code: ({ type }) => type },
  { key: 'title', header: 'Title', value: ({ title }) => title },
  { key: 'project', header: 'Project', value: (row) => row.project_name },
  { key: 'programme', header: 'Programme', value: (row) => row.programme_code },
  {
    key: 'status',
    header: 'Status',
    value: (row) => statusLabel(row.type, row.status),
    code: ({ status }) => status,
  },
  {
    key: 'level',
    header: 'Level',
    value: ({ level }) => escalations[level],
    code: ({ level }) => level,
  },
  {
    key: 'state',
    header: 'Answer',
    value: ({ state }) => escalationStates[state],
    code: ({ state }) => state,
  },
  { key: 'ask', header: 'Request', kind: 'text', value: ({ ask }) => ask },
  { key: 'reason', header: 'Reason', kind: 'text', value: ({ reason }) => reason },
  { key: 'asked_of', header: 'Asked of', value: (row) => row.asked_of_name },
  { key: 'answer', header: 'In words', kind: 'text', value: ({ answer }) => answer },
  { key: 'raised_by', header: 'Escalated by', value: (row) => row.raised_by_name },
  { key: 'raised_on', header: 'Escalated on', kind: 'date', value: (row) => row.raised_on },
  { key: 'due_on', header: 'Due', kind: 'date', value: (row) => row.due_on },
]

/** The entries escalated above their projects, as the list is filtered. */
export function escalationExport(
  tenant: Tenant,
  filters: EscalationFilters
): ExportedList<EscalationRow> {
  const batches = inBatches<EscalationRow>(tenant, null, async (viewer, _, after) => {
    const batch = await escalationBatch(viewer, filters, after, ROWS_PER_BATCH)
    await withholdNames(batch.rows, viewer, ['asked_of', 'raised_by'])
    return batch
  })
  return { kind: 'escalation', name: 'escalations', columns: escalationColumns, batches }
}
