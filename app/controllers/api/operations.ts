import type { Scope } from '#models/api_token/scopes'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { sorts as raidSorts } from '#models/raid/list_filters'
import { taskPriorities } from '#models/task'
import { sorts as taskSorts, dueWindows } from '#models/task/list_filters'
import { taskStatuses } from '#models/task/states'
import { projectStatuses } from '#models/project'
import { conditionShape, gateShape, readinessShape } from '#pages/api/gates'
import { listSchema, listSchemaOf } from '#pages/api/paging'
import { memberShape, projectMemberShape } from '#pages/api/people'
import { projectShape } from '#pages/api/projects'
import { raidSchema } from '#pages/api/raid'
import { reportHeadShape, reportShape } from '#pages/api/reports'
import { schemaOf, type Schema } from '#pages/api/shape'
import { taskShape } from '#pages/api/tasks'
import { holderShape } from '#pages/api/token'
import { eventShape } from '#pages/api/trail'
import { storeProject, updateProject } from '#validators/project'
import { raidItemValidator, updateStatus } from '#validators/raid_item'
import { storeReport } from '#validators/report'
import { moveTask, taskFields, taskOrigin } from '#validators/task'

export type Tag = 'Token' | 'Projects' | 'RAID' | 'Tasks' | 'Gates' | 'Reports' | 'People' | 'Audit'

/** One address of the API with one method, as it is described. A test holds these against the routes. */
export type Operation = {
  tag: Tag
  summary: string
  scope: Scope | null
  query?: Record<string, Schema>
  body?: Schema
  answer: Schema
  /** It changes a record that has versions. */
  isVersioned?: true
}

const word = (description: string): Schema => ({ type: 'string', description })
const choice = (of: object | readonly string[], description: string): Schema => ({
  type: 'string',
  enum: Array.isArray(of) ? of : Object.keys(of),
  description,
})

const paged = { cursor: word('Where to go on: `next_cursor` of the page before') }
const sized = {
  ...paged,
  per_page: {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    description: 'Records a page, 25 usually',
  },
}
const directed = { direction: choice(['asc', 'desc'], 'Order') }

const raidQuery = {
  type: choice(terms.types, 'One type a list; risk usually'),
  q: word('Words to find'),
  status: word('One status of the type'),
  state: choice(['open', 'settled'], 'Open or settled'),
  owner: word('`me`, `none` or the id of a member'),
  band: choice(['low', 'medium', 'high', 'severe'], 'Of risks: by score'),
  category: word('Of risks'),
  overdue: choice(['1'], 'Only what is late'),
  sort: choice(raidSorts, 'What the list is sorted by'),
  ...directed,
  ...sized,
}
const taskQuery = {
  q: word('Words to find'),
  status: choice({ ...taskStatuses, settled: 1, all: 1 }, 'What is open, unless one is asked for'),
  assignee: word('`me`, or the id of a member or of someone outside'),
  due: choice(dueWindows, 'When it is due'),
  priority: choice(taskPriorities, 'One priority'),
  sort: choice(taskSorts, 'What the list is sorted by'),
  ...directed,
  ...sized,
}
const trailQuery = {
  who: word('`system` or the id of a member'),
  what: word('One action, such as raid_item.created'),
  type: word('One type of record'),
  ref: word('Such as ATLAS-R12'),
  from: { type: 'string', format: 'date', description: 'First day' },
  to: { type: 'string', format: 'date', description: 'Last day' },
  ...paged,
}
const inOneProject = { project: word('The id of a project') }

/** The schema that validates a form, as a description of a body. */
function bodyOf(...validators: { toJSONSchema(): object }[]): Schema {
  const schemas = validators.map((validator) => validator.toJSONSchema() as any)
  return {
    type: 'object',
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties), version),
    required: schemas.flatMap(({ required = [] }) => required),
  }
}

const version = {
  lock_version: { type: 'integer', description: 'The version that is changed; or send `If-Match`' },
}

/** A change may name some fields only. */
function partOf(schema: Schema): Schema {
  return { ...schema, required: [] }
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

const reportBody: Schema = {
  type: 'object',
  properties: {
    ...(schemaOf(reportShape).properties as object),
    ...version,
  },
}

const P = '/projects/:project_id'

/** Every operation by its method and its address below `/api/v1`. */
export const operations: Record<string, Operation> = {
  'GET /token': {
    tag: 'Token',
    summary: 'Whom the token acts for, and what it may',
    scope: null,
    answer: schemaOf(holderShape),
  },
  'GET /projects': {
    tag: 'Projects',
    summary: 'Projects that you may see',
    scope: 'projects:read',
    query: {
      q: word('Part of a code or name'),
      status: choice(projectStatuses, 'One status'),
      sort: choice(['code', 'name'], 'What the list is sorted by'),
      ...directed,
      ...paged,
    },
    answer: listSchemaOf(projectShape),
  },
  'POST /projects': {
    tag: 'Projects',
    summary: 'Begin a project',
    scope: 'projects:write',
    body: bodyOf(storeProject),
    answer: schemaOf(projectShape),
  },
  [`GET ${P}`]: {
    tag: 'Projects',
    summary: 'One project',
    scope: 'projects:read',
    answer: schemaOf(projectShape),
  },
  [`PATCH ${P}`]: {
    tag: 'Projects',
    summary: 'Change a project',
    scope: 'projects:write',
    body: partOf(bodyOf(updateProject)),
    answer: schemaOf(projectShape),
    isVersioned: true,
  },
  [`GET ${P}/members`]: {
    tag: 'People',
    summary: 'Who has which role in a project, beside its manager and sponsor',
    scope: 'projects:read',
    query: paged,
    answer: listSchemaOf(projectMemberShape),
  },
  'GET /members': {
    tag: 'People',
    summary: 'Members of the organisation',
    scope: 'members:read',
    query: {
      q: word('Part of a name'),
      role: word('One role'),
      status: word('One status'),
      ...paged,
    },
    answer: listSchemaOf(memberShape),
  },
  'GET /raid': {
    tag: 'RAID',
    summary: 'RAID entries of every project that you may see',
    scope: 'raid:read',
    query: { ...raidQuery, ...inOneProject },
    answer: listSchema(raidSchema),
  },
  [`GET ${P}/raid`]: {
    tag: 'RAID',
    summary: 'RAID entries of a project',
    scope: 'raid:read',
    query: raidQuery,
    answer: listSchema(raidSchema),
  },
  [`POST ${P}/raid`]: {
    tag: 'RAID',
    summary: 'Raise a RAID entry',
    scope: 'raid:write',
    body: { oneOf: raised },
    answer: raidSchema,
  },
  [`GET ${P}/raid/:id`]: {
    tag: 'RAID',
    summary: 'One RAID entry',
    scope: 'raid:read',
    answer: raidSchema,
  },
  [`PATCH ${P}/raid/:id`]: {
    tag: 'RAID',
    summary: 'Change a RAID entry',
    scope: 'raid:write',
    body: { anyOf: raidBodies.map(partOf) },
    answer: raidSchema,
    isVersioned: true,
  },
  [`PUT ${P}/raid/:id/status`]: {
    tag: 'RAID',
    summary: 'Move a RAID entry along its statuses',
    scope: 'raid:write',
    body: { ...bodyOf(updateStatus), required: ['status'] },
    answer: raidSchema,
    isVersioned: true,
  },
  'GET /tasks': {
    tag: 'Tasks',
    summary: 'Tasks of every project that you may see',
    scope: 'tasks:read',
    query: { ...taskQuery, ...inOneProject },
    answer: listSchemaOf(taskShape),
  },
  [`GET ${P}/tasks`]: {
    tag: 'Tasks',
    summary: 'Tasks of a project',
    scope: 'tasks:read',
    query: taskQuery,
    answer: listSchemaOf(taskShape),
  },
  [`POST ${P}/tasks`]: {
    tag: 'Tasks',
    summary: 'Add a task',
    scope: 'tasks:write',
    body: bodyOf(taskFields, taskOrigin),
    answer: schemaOf(taskShape),
  },
  [`GET ${P}/tasks/:id`]: {
    tag: 'Tasks',
    summary: 'One task',
    scope: 'tasks:read',
    answer: schemaOf(taskShape),
  },
  [`PATCH ${P}/tasks/:id`]: {
    tag: 'Tasks',
    summary: 'Change a task',
    scope: 'tasks:write',
    body: partOf(bodyOf(taskFields)),
    answer: schemaOf(taskShape),
    isVersioned: true,
  },
  [`PUT ${P}/tasks/:id/status`]: {
    tag: 'Tasks',
    summary: 'Say how far a task is',
    scope: 'tasks:write',
    body: { ...bodyOf(moveTask), required: ['status'] },
    answer: schemaOf(taskShape),
    isVersioned: true,
  },
  [`GET ${P}/gates`]: {
    tag: 'Gates',
    summary: 'Gates of a project, all at once',
    scope: 'gates:read',
    answer: listSchemaOf(gateShape),
  },
  [`GET ${P}/gates/:id`]: {
    tag: 'Gates',
    summary: 'One gate',
    scope: 'gates:read',
    answer: schemaOf(gateShape),
  },
  [`GET ${P}/gates/:id/readiness`]: {
    tag: 'Gates',
    summary: 'What keeps a gate from being submitted',
    scope: 'gates:read',
    answer: schemaOf(readinessShape),
  },
  [`GET ${P}/conditions`]: {
    tag: 'Gates',
    summary: 'Conditions of a project’s approvals, all at once',
    scope: 'gates:read',
    answer: listSchemaOf(conditionShape),
  },
  [`GET ${P}/conditions/:id`]: {
    tag: 'Gates',
    summary: 'One condition',
    scope: 'gates:read',
    answer: schemaOf(conditionShape),
  },
  [`GET ${P}/reports`]: {
    tag: 'Reports',
    summary: 'Published status reports of a project',
    scope: 'reports:read',
    query: { state: choice(['open'], 'The one that is being written'), ...paged },
    answer: listSchemaOf(reportHeadShape),
  },
  [`POST ${P}/reports`]: {
    tag: 'Reports',
    summary: 'Begin a status report, filled from the record',
    scope: 'reports:write',
    body: bodyOf(storeReport),
    answer: schemaOf(reportShape),
  },
  [`GET ${P}/reports/:id`]: {
    tag: 'Reports',
    summary: 'One status report',
    scope: 'reports:read',
    answer: schemaOf(reportShape),
  },
  [`PATCH ${P}/reports/:id`]: {
    tag: 'Reports',
    summary: 'Write the draft of a status report',
    scope: 'reports:write',
    body: reportBody,
    answer: schemaOf(reportShape),
    isVersioned: true,
  },
  'GET /audit-events': {
    tag: 'Audit',
    summary: 'The audit trail of the organisation, newest first',
    scope: 'audit:read',
    query: { ...trailQuery, ...inOneProject },
    answer: listSchemaOf(eventShape),
  },
  [`GET ${P}/audit-events`]: {
    tag: 'Audit',
    summary: 'The audit trail of a project, newest first',
    scope: 'audit:read',
    query: trailQuery,
    answer: listSchemaOf(eventShape),
  },
}
