import { SYSTEM } from '#audit/trail_query'
import { idOr, inOneProject, paged, PROJECT, word } from '#controllers/api/operations/operation'
import type { Operation } from '#pages/api/operation'
import { listSchemaOf } from '#pages/api/paging'
import { eventShape } from '#pages/api/trail'

const trailQuery = {
  who: idOr([SYSTEM], '`system` or the id of a member'),
  what: word('One action, such as raid_item.created'),
  type: word('One type of record, such as raid_item'),
  ref: word('A reference, such as ATLAS-R12'),
  from: { type: 'string', format: 'date', description: 'First day' },
  to: { type: 'string', format: 'date', description: 'Last day' },
  ...paged,
}

const reading = { tag: 'Audit', scope: 'audit:read' } as const

export const auditOperations: Record<string, Operation> = {
  'GET /audit-events': {
    ...reading,
    summary: 'The audit trail of the organisation, newest first',
    query: { ...trailQuery, ...inOneProject },
    answer: listSchemaOf(eventShape),
  },
  [`GET ${PROJECT}/audit-events`]: {
    ...reading,
    summary: 'The audit trail of a project, newest first',
    query: trailQuery,
    answer: listSchemaOf(eventShape),
  },
}
