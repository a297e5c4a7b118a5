import type { Viewer } from '#identity/viewer'
import { hiddenAmong, HIDDEN } from '#models/import/hidden'
import { removeOthers } from '#models/import/kept'
import { touchedAmong, type Attached } from '#models/import/touched'
import type Project from '#models/project'
import Task from '#models/task'

/** What the import itself put in order came in the same moment as the tasks. */
const orderedSince = (column: string) => `created_at > (select tasks.created_at from tasks
  where tasks.organisation_id = task_predecessors.organisation_id
    and tasks.id = task_predecessors.${column})`

/** What people add to a task without changing it. */
const ATTACHED: Attached = [
  { reason: 'has comments', table: 'comments', column: 'task_id' },
  { reason: 'has a checklist', table: 'checklist_items', column: 'task_id' },
  { reason: 'has files', table: 'task_attachments', column: 'task_id' },
  { reason: 'has a link for its assignee', table: 'task_links', column: 'task_id' },
  ...['task_id', 'predecessor_id'].map((column) => ({
    reason: 'was put in order',
    table: 'task_predecessors',
    column,
    only: orderedSince(column),
  })),
  {
    reason: 'has subtasks of its own',
    table: 'tasks',
    column: 'parent_id',
    only: 'id <> all(:ids)',
  },
]

/** Deletes the tasks of an import that no one has touched, with one audit event each; keeps the others. */
export async function removeUntouchedTasks(importId: string, project: Project, viewer: Viewer) {
  const tasks = await Task.query().where('import_id', importId).orderBy('id').forUpdate()
  for (const task of tasks) task.refersTo(project)
  const hidden = await hiddenAmong(tasks, project, viewer)
  return removeOthers(tasks, await reasonsToKeep(tasks, hidden))
}

async function reasonsToKeep(tasks: Task[], hidden: Set<string>) {
  const reasons = await touchedAmong(tasks, ATTACHED)
  for (const id of hidden) reasons.set(id, HIDDEN)
  for (const { id, parentId } of tasks) {
    if (parentId && reasons.has(id) && !reasons.has(parentId)) {
      reasons.set(parentId, 'has a part that was kept')
    }
  }
  return reasons
}
