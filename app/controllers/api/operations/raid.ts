import {
  bodyOf,
  choice,
  directed,
  idOf,
  idOr,
  inOneProject,
  partOf,
  PROJECT,
  since,
  sized,
  word,
} from '#controllers/api/operations/operation'
import type { Operation } from '#pages/api/operation'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { sorts } from '#models/raid/list_filters'
import { LEVELS } from '#models/raid/scoring'
import { escalationShape } from '#pages/api/escalations'
import { listSchema, listSchemaOf } from '#pages/api/paging'
import { raidSchema } from '#pages/api/raid'
import { schemaOf } from '#pages/api/shape'
import { answerEscalation, storeEscalation, takeBackEscalation } from '#validators/raid_escalation'
import { answerToDependency, raidItemValidator, updateStatus } from '#validators/raid_item'

const allStatuses = Object.values(terms.statuses).flatMap((statuses) => Object.keys(statuses))
const levels = LEVELS.map(String)

const raidQuery = {
  type: choice(terms.types, 'One type per list; risk unless given'),
  q: word('Words to find'),
  status: choice(allStatuses, 'One status of the type'),
  state: choice(['open', 'settled'], 'Open or settled'),
  owner: idOr(['me', 'none'], '`me`, `none` or the id of a member'),
  nature: choice(terms.natures, 'Risks only: threats or opportunities'),
  band: choice(['low', 'medium', 'high', 'severe'], 'Risks only: the band of the score'),
  category: word('Risks only: one of the organisation’s categories'),
  likelihood: choice(levels, 'Risks only: the current likelihood'),
  impact: choice(levels, 'Risks only: the current impact'),
  response: choice(['none'], 'Risks only: those without a response'),
  priority: choice(terms.priorities, 'Issues only: the priority'),
  kind: choice(terms.issueKinds, 'Issues only: the kind'),
  flow: choice(terms.directions, 'Dependencies only: the direction, as seen from the project'),
  escalation: choice(terms.escalations, 'The level it was escalated to'),
  overdue: choice(['1'], 'Only overdue entries'),
  review: choice(['overdue'], 'Only entries due for review'),
  ...since,
  sort: choice(sorts, 'How to sort the list'),
  ...directed,
  ...sized,
}

/** Each organisation has its own categories. */
const raidBodies = (Object.keys(terms.types) as RaidType[]).map((type) => {
  const { properties, ...schema } = bodyOf(raidItemValidator(type))
  const category = type === 'risk' && { category: { type: ['string', 'null'] } }
  return {
    ...schema,
    properties: { type: { const: type }, ...(properties as object), ...category },
  }
})
const raised = raidBodies.map((body: any) => ({ ...body, required: ['type', ...body.required] }))

const reading = { tag: 'RAID', scope: 'raid:read' } as const
const writing = { tag: 'RAID', scope: 'raid:write', answer: raidSchema } as const

const escalating = { ...writing, answer: schemaOf(escalationShape) }

/** The address of one entry. */
const ENTRY = `${PROJECT}/raid/:id`

export const raidOperations: Record<string, Operation> = {
  'GET /raid': {
    ...reading,
    summary: 'RAID entries of every project that you can see',
    query: { ...raidQuery, ...inOneProject, programme: idOf('The id of a programme') },
    answer: listSchema(raidSchema),
  },
  [`GET ${PROJECT}/raid`]: {
    ...reading,
    summary: 'RAID entries of a project',
    query: raidQuery,
    answer: listSchema(raidSchema),
  },
  [`POST ${PROJECT}/raid`]: {
    ...writing,
    summary: 'Raise a RAID entry',
    body: { oneOf: raised },
  },
  [`GET ${PROJECT}/raid/:id`]: {
    ...reading,
    summary: 'One RAID entry',
    answer: raidSchema,
  },
  [`PATCH ${PROJECT}/raid/:id`]: {
    ...writing,
    summary: 'Change a RAID entry',
    body: { anyOf: raidBodies.map(partOf) },
    isVersioned: true,
  },
  [`PUT ${PROJECT}/raid/:id/status`]: {
    ...writing,
    summary: 'Change the status of a RAID entry',
    body: { ...bodyOf(updateStatus), required: ['status'] },
    isVersioned: true,
  },
  [`PUT ${PROJECT}/raid/:id/answer`]: {
    ...writing,
    summary: 'Answer, for your project, a dependency that it shares with another',
    body: { ...bodyOf(answerToDependency), required: ['answer'] },
    isVersioned: true,
  },
  [`GET ${ENTRY}/escalations`]: {
    ...reading,
    summary: 'Escalations of an entry, newest first',
    answer: listSchemaOf(escalationShape),
  },
  [`POST ${ENTRY}/escalations`]: {
    ...escalating,
    summary: 'Escalate a RAID entry: ask its programme or the organisation',
    body: { ...bodyOf(storeEscalation), required: ['level', 'reason', 'ask'] },
    isVersioned: true,
  },
  [`GET ${ENTRY}/escalations/:escalation_id`]: {
    ...reading,
    summary: 'One escalation',
    answer: schemaOf(escalationShape),
  },
  [`PUT ${ENTRY}/escalations/:escalation_id/answer`]: {
    ...escalating,
    summary: 'Take on an escalated entry, or return it to the project',
    body: { ...bodyOf(answerEscalation), required: ['decision'] },
    isVersioned: true,
  },
  [`PUT ${ENTRY}/escalations/:escalation_id/withdrawal`]: {
    ...escalating,
    summary: 'Withdraw an escalation',
    body: { ...bodyOf(takeBackEscalation), required: ['take_back_reason'] },
    isVersioned: true,
  },
}
