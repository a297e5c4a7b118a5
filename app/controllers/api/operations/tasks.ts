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
import { taskPriorities, taskSources } from '#models/task/enumerations'
import type { Operation } from '#pages/api/operation'
import { dueWindows, sorts } from '#models/task/list_filters'
import { taskStatuses } from '#models/task/states'
import { listSchemaOf } from '#pages/api/paging'
import { schemaOf } from '#pages/api/shape'
import { taskShape } from '#pages/api/tasks'
import { moveTask, taskFields, taskOrigin } from '#validators/task'

const taskQuery = {
  q: word('Words to find'),
  status: choice({ ...taskStatuses, settled: 1, all: 1 }, 'Open tasks unless given'),
  assignee: idOr(['me'], '`me`, or the id of a member or of someone outside'),
  due: choice(dueWindows, 'When it is due'),
  priority: choice(taskPriorities, 'One priority'),
  source: choice(taskSources, 'What the task comes from'),
  raid_item_id: idOf('The RAID entry it answers'),
  parent: idOf('The task it is part of'),
  ...since,
  sort: choice(sorts, 'How to sort the list'),
  ...directed,
  ...sized,
}

const reading = { tag: 'Tasks', scope: 'tasks:read' } as const
const writing = { tag: 'Tasks', scope: 'tasks:write', answer: schemaOf(taskShape) } as const

export const taskOperations: Record<string, Operation> = {
  'GET /tasks': {
    ...reading,
    summary: 'Tasks of every project that you can see',
    query: { ...taskQuery, ...inOneProject },
    answer: listSchemaOf(taskShape),
  },
  [`GET ${PROJECT}/tasks`]: {
    ...reading,
    summary: 'Tasks of a project',
    query: taskQuery,
    answer: listSchemaOf(taskShape),
  },
  [`POST ${PROJECT}/tasks`]: {
    ...writing,
    summary: 'Add a task',
    body: bodyOf(taskFields, taskOrigin),
  },
  [`GET ${PROJECT}/tasks/:id`]: {
    ...reading,
    summary: 'One task',
    answer: schemaOf(taskShape),
  },
  [`PATCH ${PROJECT}/tasks/:id`]: {
    ...writing,
    summary: 'Change a task',
    body: partOf(bodyOf(taskFields)),
    isVersioned: true,
  },
  [`PUT ${PROJECT}/tasks/:id/status`]: {
    ...writing,
    summary: 'Change the status of a task',
    body: { ...bodyOf(moveTask), required: ['status'] },
    isVersioned: true,
  },
}
