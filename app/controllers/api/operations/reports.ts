import { bodyOf, choice, paged, PROJECT, version } from '#controllers/api/operations/operation'
import type { Operation } from '#pages/api/operation'
import { listSchemaOf } from '#pages/api/paging'
import { reportHeadShape, reportShape } from '#pages/api/reports'
import { schemaOf, type Schema } from '#pages/api/shape'
import { storeReport } from '#validators/report'

const reportBody: Schema = {
  type: 'object',
  properties: {
    ...(schemaOf(reportShape).properties as object),
    ...version,
  },
}

const reading = { tag: 'Reports', scope: 'reports:read' } as const
const writing = { tag: 'Reports', scope: 'reports:write', answer: schemaOf(reportShape) } as const

export const reportOperations: Record<string, Operation> = {
  [`GET ${PROJECT}/reports`]: {
    ...reading,
    summary: 'Published status reports of a project',
    query: { state: choice(['open'], 'The one that is being written'), ...paged },
    answer: listSchemaOf(reportHeadShape),
  },
  [`POST ${PROJECT}/reports`]: {
    ...writing,
    summary: 'Start a status report, filled from the record',
    body: bodyOf(storeReport),
  },
  [`GET ${PROJECT}/reports/:id`]: {
    ...reading,
    summary: 'One status report',
    answer: schemaOf(reportShape),
  },
  [`PATCH ${PROJECT}/reports/:id`]: {
    ...writing,
    summary: 'Change the draft of a status report',
    body: reportBody,
    isVersioned: true,
  },
}
