import { v7 as uuidv7 } from 'uuid'
import { recordMany } from '#audit/events'
import type { TaskDraft } from '#models/import/tasks/drafts'
import { createMany } from '#models/saving/many'
import type Project from '#models/project'
import Task from '#models/task'
import { allocateNumbers } from '#models/project/numbers'
import { tellAssignees } from '#models/task/assignment'
import { insertRows } from '#tenancy/bulk'

/**
 * Adds tasks of a file to the project, in order, with the events that adding them one by one would have written, and
 * notifies each assigned member once. No one outside is mailed.
 */
export async function addTasks(importId: string, project: Project, drafts: TaskDraft[]) {
  if (drafts.length === 0) return
  const first = await allocateNumbers(project.id, 'task', drafts.length)
  drafts.forEach(({ task }, index) => {
    task.merge({ number: first + index, importId })
    task.refersTo(project)
    Task.fitStatus(task)
  })
  // Anyone who moves a part locks its whole first, in the order of their ids.
  const wholesFirst = drafts.toSorted((one, other) => depth(one) - depth(other))
  for (const { task, parent, whole } of wholesFirst) {
    task.id = uuidv7()
    task.parentId = parent?.task.id ?? whole?.id ?? null
  }
  await createMany(wholesFirst.map(({ task }) => task))
  await addOrder(project, drafts)
  await tellAssignees(drafts.map(({ task }) => task))
}

function depth({ parent }: TaskDraft) {
  return parent ? 1 : 0
}

async function addOrder(project: Project, drafts: TaskDraft[]) {
  const links = drafts.flatMap(({ task, waitsFor, awaits }) =>
    [...waitsFor.map((other) => other.task), ...awaits].map((predecessor) => ({
      task,
      predecessor,
    }))
  )
  await insertRows(
    'task_predecessors',
    links.map(({ task, predecessor }) => ({
      id: uuidv7(),
      project_id: project.id,
      task_id: task.id,
      predecessor_id: predecessor.id,
    }))
  )
  await recordMany(
    links.map(({ task, predecessor }) => ({
      action: 'task.predecessor_added',
      entityType: 'task',
      entityId: task.id,
      projectId: project.id,
      facts: Task.audit.facts(task),
      values: { predecessor: { after: predecessor.id } },
    }))
  )
}
