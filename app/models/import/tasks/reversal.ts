import { recordMany } from '#audit/events'
import type { Viewer } from '#identity/viewer'
import { hiddenAmong, HIDDEN } from '#models/import/hidden'
import type { Kept } from '#models/import/reversal'
import { touchedAmong, type Attached } from '#models/import/touched'
import { deletionOf } from '#models/mixins/audited'
import type Project from '#models/project'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What people add to a task without changing it, by the reason this gives for keeping the task. */
const ATTACHED: Attached = [
  ['has comments', 'select task_id as id from comments where task_id = any(:ids)'],
  ['has a checklist', 'select task_id as id from checklist_items where task_id = any(:ids)'],
  ['has files', 'select task_id as id from task_attachments where task_id = any(:ids)'],
  ['has a link for its assignee', 'select task_id as id from task_links where task_id = any(:ids)'],
  [
    // What the import itself put in order came in the same moment as the tasks.
    'was put in order',
    `select tasks.id from tasks join task_predecessors links
       on links.organisation_id = tasks.organisation_id and tasks.id in (links.task_id, links.predecessor_id)
      where tasks.id = any(:ids) and links.created_at > tasks.created_at`,
  ],
  [
    'has subtasks of its own',
    `select parent_id as id from tasks where parent_id = any(:ids) and id <> all(:ids)`,
  ],
]

/** Deletes the tasks of an import that no one has touched, with one audit event each; keeps the others. */
export async function removeUntouchedTasks(importId: string, project: Project, viewer: Viewer) {
  const tasks = await Task.query().where('import_id', importId).orderBy('id').forUpdate()
  for (const task of tasks) task.refersTo(project)
  const hidden = await hiddenAmong(tasks, project, viewer)
  const reasons = await reasonsToKeep(tasks, hidden)
  const removed = tasks.filter(({ id }) => !reasons.has(id))
  await remove(removed)
  await recordMany(removed.map((task) => deletionOf(task)))
  const kept: Kept[] = tasks
    .filter(({ id }) => reasons.has(id))
    .map(({ id, ref }) => ({ kind: 'task', id, ref, reason: reasons.get(id)! }))
  return { removed: removed.length, kept }
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

async function remove(tasks: Task[]) {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'delete from tasks where organisation_id = ? and id = any(?)', [
    organisationId,
    tasks.map(({ id }) => id),
  ])
}
