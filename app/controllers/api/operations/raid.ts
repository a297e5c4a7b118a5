import {
  bodyOf,
  choice,
  directed,
  inOneProject,
  partOf,
  PROJECT,
  sized,
  word,
} from '#controllers/api/operations/operation'
import type { Operation } from '#pages/api/operation'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { sorts } from '#models/raid/list_filters'
import { listSchema } from '#pages/api/paging'
import { raidSchema } from '#pages/api/raid'
import { answerToDependency, raidItemValidator, updateStatus } from '#validators/raid_item'

const raidQuery = {
  type: choice(terms.types, 'One type a list; risk usually'),
  q: word('Words to find'),
  status: word('One status of the type'),
  state: choice(['open', 'settled'], 'Open or settled'),
  owner: word('`me`, `none` or the id of a member'),
  band: choice(['low', 'medium', 'high', 'severe'], 'Of risks: by score'),
  category: word('Of risks'),
  escalation: choice(terms.escalations, 'The level that it was escalated to'),
  overdue: choice(['1'], 'Only what is late'),
  sort: choice(sorts, 'What the list is sorted by'),
  ...directed,
  ...sized,
}

/** Which categories there are is each organisation's own. */
const raidBodies = (Object.keys(terms.types) as RaidType[]).map((type) => {
  const { properties, ...schema } = bodyOf(raidItemValidator(type))
  const category = type === 'risk' && { category: { type: ['string', 'null'] } }
  return {
    ...schema,
    properties: { type: { const: type }, ...(properties as object), ...category },
  }
})
const raised = raidBodies.map((body: any) => ({ ...body, required: ['type', ...body.required] }))

export const raidOperations: Record<string, Operation> = {
  'GET /raid': {
    tag: 'RAID',
    summary: 'RAID entries of every project that you may see',
    scope: 'raid:read',
    query: { ...raidQuery, ...inOneProject },
    answer: listSchema(raidSchema),
  },
  [`GET ${PROJECT}/raid`]: {
    tag: 'RAID',
    summary: 'RAID entries of a project',
    scope: 'raid:read',
    query: raidQuery,
    answer: listSchema(raidSchema),
  },
  [`POST ${PROJECT}/raid`]: {
    tag: 'RAID',
    summary: 'Raise a RAID entry',
    scope: 'raid:write',
    body: { oneOf: raised },
    answer: raidSchema,
  },
  [`GET ${PROJECT}/raid/:id`]: {
    tag: 'RAID',
    summary: 'One RAID entry',
    scope: 'raid:read',
    answer: raidSchema,
  },
  [`PATCH ${PROJECT}/raid/:id`]: {
    tag: 'RAID',
    summary: 'Change a RAID entry',
    scope: 'raid:write',
    body: { anyOf: raidBodies.map(partOf) },
    answer: raidSchema,
    isVersioned: true,
  },
  [`PUT ${PROJECT}/raid/:id/status`]: {
    tag: 'RAID',
    summary: 'Move a RAID entry along its statuses',
    scope: 'raid:write',
    body: { ...bodyOf(updateStatus), required: ['status'] },
    answer: raidSchema,
    isVersioned: true,
  },
  [`PUT ${PROJECT}/raid/:id/answer`]: {
    tag: 'RAID',
    summary: 'Answer for the project to a dependency that it shares with another',
    scope: 'raid:write',
    body: { ...bodyOf(answerToDependency), required: ['answer'] },
    answer: raidSchema,
    isVersioned: true,
  },
}
