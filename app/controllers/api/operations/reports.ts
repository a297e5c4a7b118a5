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

export const reportOperations: Record<string, Operation> = {
  [`GET ${PROJECT}/reports`]: {
    tag: 'Reports',
    summary: 'Published status reports of a project',
    scope: 'reports:read',
    query: { state: choice(['open'], 'The one that is being written'), ...paged },
    answer: listSchemaOf(reportHeadShape),
  },
  [`POST ${PROJECT}/reports`]: {
    tag: 'Reports',
    summary: 'Begin a status report, filled from the record',
    scope: 'reports:write',
    body: bodyOf(storeReport),
    answer: schemaOf(reportShape),
  },
  [`GET ${PROJECT}/reports/:id`]: {
    tag: 'Reports',
    summary: 'One status report',
    scope: 'reports:read',
    answer: schemaOf(reportShape),
  },
  [`PATCH ${PROJECT}/reports/:id`]: {
    tag: 'Reports',
    summary: 'Write the draft of a status report',
    scope: 'reports:write',
    body: reportBody,
    answer: schemaOf(reportShape),
    isVersioned: true,
  },
}
