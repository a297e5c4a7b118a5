import { PROJECT } from '#controllers/api/operations/operation'
import type { Operation } from '#pages/api/operation'
import { evidenceShape } from '#pages/api/evidence'
import { conditionShape, gateShape, readinessShape } from '#pages/api/gates'
import { listSchemaOf } from '#pages/api/paging'
import { schemaOf } from '#pages/api/shape'

const reading = { tag: 'Gates', scope: 'gates:read' } as const

export const gateOperations: Record<string, Operation> = {
  [`GET ${PROJECT}/gates`]: {
    ...reading,
    summary: 'Gates of a project, all at once',
    answer: listSchemaOf(gateShape),
  },
  [`GET ${PROJECT}/gates/:id`]: {
    ...reading,
    summary: 'One gate',
    answer: schemaOf(gateShape),
  },
  [`GET ${PROJECT}/gates/:id/readiness`]: {
    ...reading,
    summary: 'What blocks the submission of a gate',
    answer: schemaOf(readinessShape),
  },
  [`GET ${PROJECT}/gates/:id/evidence`]: {
    ...reading,
    summary: 'Evidence for the criteria of a gate, all at once',
    answer: listSchemaOf(evidenceShape),
  },
  [`GET ${PROJECT}/conditions`]: {
    ...reading,
    summary: 'Conditions of a project’s approvals, all at once',
    answer: listSchemaOf(conditionShape),
  },
  [`GET ${PROJECT}/conditions/:id`]: {
    ...reading,
    summary: 'One condition',
    answer: schemaOf(conditionShape),
  },
}
