import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import { projectNames } from '#models/project/names'
import { requestBatch, type RequestLine } from '#models/project_request/list'
import { requestStates, type RequestState } from '#models/project_request/states'
import { iso } from '#registries/formats'
import type { Tenant } from '#tenancy/entry'

/** With the project that it became, if the reader may see it. */
type Row = RequestLine & { project_code: string | null }

export const projectRequestColumns: Column<Row>[] = [
  { key: 'title', header: 'Request', value: ({ title }) => title },
  {
    key: 'state',
    header: 'State',
    value: ({ state }) => requestStates[state],
    code: ({ state }) => state,
  },
  { key: 'requester', header: 'Asked by', value: (row) => row.requester_name },
  {
    key: 'requested_at',
    header: 'Asked (UTC)',
    kind: 'instant',
    value: (row) => iso(row.created_at),
  },
  { key: 'wanted_by', header: 'Wanted by', kind: 'date', value: (row) => row.wanted_by },
  { key: 'budget', header: 'Rough cost', value: ({ budget }) => budget },
  { key: 'sponsor', header: 'Sponsor', value: (row) => row.sponsor_name },
  { key: 'purpose', header: 'Why', kind: 'text', value: ({ purpose }) => purpose },
  { key: 'benefits', header: 'Benefits', kind: 'text', value: ({ benefits }) => benefits },
  { key: 'answered_on', header: 'Answered on', kind: 'date', value: (row) => row.answered_on },
  { key: 'answerer', header: 'Answered by', value: (row) => row.answerer_name },
  { key: 'answer', header: 'Why it was declined', kind: 'text', value: ({ answer }) => answer },
  { key: 'project', header: 'Project', value: (row) => row.project_code },
]

/** The requests for projects that the reader may see: only those waiting, or all. */
export function projectRequestList(tenant: Tenant, state: RequestState | null): ExportedList<Row> {
  const batches = inBatches<Row>(tenant, null, async (viewer, _, after) => {
    const { rows, next } = await requestBatch(viewer, state, after, ROWS_PER_BATCH)
    await withholdNames(rows, viewer, ['requester', 'sponsor', 'answerer'])
    const became = rows.flatMap(({ project_id: id }) => id ?? [])
    const codes = new Map((await projectNames(viewer, became)).map(({ id, code }) => [id, code]))
    return {
      rows: rows.map((row) => ({
        ...row,
        project_code: (row.project_id && codes.get(row.project_id)) ?? null,
      })),
      next,
    }
  })
  return {
    kind: 'project_request',
    name: 'project-requests',
    columns: projectRequestColumns,
    batches,
  }
}
