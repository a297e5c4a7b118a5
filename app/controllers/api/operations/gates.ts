import { PROJECT } from '#controllers/api/operations/operation'
import type { Operation } from '#pages/api/operation'
import { conditionShape, gateShape, readinessShape } from '#pages/api/gates'
import { listSchemaOf } from '#pages/api/paging'
import { schemaOf } from '#pages/api/shape'

export const gateOperations: Record<string, Operation> = {
  [`GET ${PROJECT}/gates`]: {
    tag: 'Gates',
    summary: 'Gates of a project, all at once',
    scope: 'gates:read',
    answer: listSchemaOf(gateShape),
  },
  [`GET ${PROJECT}/gates/:id`]: {
    tag: 'Gates',
    summary: 'One gate',
    scope: 'gates:read',
    answer: schemaOf(gateShape),
  },
  [`GET ${PROJECT}/gates/:id/readiness`]: {
    tag: 'Gates',
    summary: 'What keeps a gate from being submitted',
    scope: 'gates:read',
    answer: schemaOf(readinessShape),
  },
  [`GET ${PROJECT}/conditions`]: {
    tag: 'Gates',
    summary: 'Conditions of a project’s approvals, all at once',
    scope: 'gates:read',
    answer: listSchemaOf(conditionShape),
  },
  [`GET ${PROJECT}/conditions/:id`]: {
    tag: 'Gates',
    summary: 'One condition',
    scope: 'gates:read',
    answer: schemaOf(conditionShape),
  },
}
