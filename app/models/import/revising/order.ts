import { v7 as uuidv7 } from 'uuid'
import { recordMany } from '#audit/events'
import type { Order } from '#models/import/revising/places'
import { saveMany } from '#models/saving/many'
import Task from '#models/task'
import { insertRows } from '#tenancy/bulk'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type Ordered = { record: Task; order: Order }

/**
 * Adds and removes predecessors of tasks, as a file or its undoing says: the events are those of the tasks' pages, and
 * name the import. A task that does not change otherwise gets its next version from this.
 */
export async function saveOrder(importId: string, ordered: Ordered[], revised: Set<string>) {
  const others = ordered.flatMap(({ record }) => (revised.has(record.id) ? [] : record))
  for (const task of others) task.lockVersion += 1
  await saveMany(others)
  await unlink(ordered)
  await link(ordered)
  await recordMany(
    ordered.flatMap(({ record, order }) => [
      ...order.added.map(({ id }) => told(importId, record, 'added', { after: id })),
      ...order.removed.map(({ id }) => told(importId, record, 'removed', { before: id })),
    ])
  )
}

async function unlink(ordered: Ordered[]) {
  const { trx, organisationId } = Tenancy.current()
  const links = ordered.flatMap(({ record, order }) =>
    order.removed.map(({ id }) => ({ task_id: record.id, predecessor_id: id }))
  )
  if (links.length === 0) return
  await sql(
    trx,
    `delete from task_predecessors links
      using json_populate_recordset(null::task_predecessors, ?::json) given
      where links.organisation_id = ? and links.task_id = given.task_id
        and links.predecessor_id = given.predecessor_id`,
    [JSON.stringify(links), organisationId]
  )
}

function link(ordered: Ordered[]) {
  return insertRows(
    'task_predecessors',
    ordered.flatMap(({ record, order }) =>
      order.added.map(({ id }) => ({
        id: uuidv7(),
        project_id: record.projectId,
        task_id: record.id,
        predecessor_id: id,
      }))
    )
  )
}

function told(
  importId: string,
  task: Task,
  verb: 'added' | 'removed',
  predecessor: { before?: string; after?: string }
) {
  return {
    action: `task.predecessor_${verb}`,
    entityType: 'task',
    entityId: task.id,
    projectId: task.projectId,
    facts: { ...Task.audit.facts(task), import: importId },
    values: { predecessor },
  }
}
