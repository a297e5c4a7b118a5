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
import { taskPriorities } from '#models/task/enumerations'
import type { Operation } from '#pages/api/operation'
import { dueWindows, sorts } from '#models/task/list_filters'
import { taskStatuses } from '#models/task/states'
import { listSchemaOf } from '#pages/api/paging'
import { schemaOf } from '#pages/api/shape'
import { taskShape } from '#pages/api/tasks'
import { moveTask, taskFields, taskOrigin } from '#validators/task'

const taskQuery = {
  q: word('Words to find'),
  status: choice({ ...taskStatuses, settled: 1, all: 1 }, 'What is open, unless one is asked for'),
  assignee: word('`me`, or the id of a member or of someone outside'),
  due: choice(dueWindows, 'When it is due'),
  priority: choice(taskPriorities, 'One priority'),
  sort: choice(sorts, 'What the list is sorted by'),
  ...directed,
  ...sized,
}

export const taskOperations: Record<string, Operation> = {
  'GET /tasks': {
    tag: 'Tasks',
    summary: 'Tasks of every project that you may see',
    scope: 'tasks:read',
    query: { ...taskQuery, ...inOneProject },
    answer: listSchemaOf(taskShape),
  },
  [`GET ${PROJECT}/tasks`]: {
    tag: 'Tasks',
    summary: 'Tasks of a project',
    scope: 'tasks:read',
    query: taskQuery,
    answer: listSchemaOf(taskShape),
  },
  [`POST ${PROJECT}/tasks`]: {
    tag: 'Tasks',
    summary: 'Add a task',
    scope: 'tasks:write',
    body: bodyOf(taskFields, taskOrigin),
    answer: schemaOf(taskShape),
  },
  [`GET ${PROJECT}/tasks/:id`]: {
    tag: 'Tasks',
    summary: 'One task',
    scope: 'tasks:read',
    answer: schemaOf(taskShape),
  },
  [`PATCH ${PROJECT}/tasks/:id`]: {
    tag: 'Tasks',
    summary: 'Change a task',
    scope: 'tasks:write',
    body: partOf(bodyOf(taskFields)),
    answer: schemaOf(taskShape),
    isVersioned: true,
  },
  [`PUT ${PROJECT}/tasks/:id/status`]: {
    tag: 'Tasks',
    summary: 'Say how far a task is',
    scope: 'tasks:write',
    body: { ...bodyOf(moveTask), required: ['status'] },
    answer: schemaOf(taskShape),
    isVersioned: true,
  },
}
