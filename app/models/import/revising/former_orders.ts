import { keptChanges } from '#audit/values'
import type { Order } from '#models/import/revising/places'
import type { Neighbour } from '#models/task/places'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Told = { id: string; entity_id: string }

/**
 * What undoes the predecessors that an import added to tasks or removed, by the tasks' ids. Deleted tasks are left out.
 */
export async function formerOrders(importId: string, ids: string[]): Promise<Map<string, Order>> {
  const { trx, organisationId } = Tenancy.current()
  const events = await sql<Told>(trx, EVENTS, [organisationId, ids, importId])
  const changes = await keptChanges(events.map(({ id }) => id))
  const standing = await linksOf(ids)
  const orders = new Map<string, Order>()
  for (const { id, entity_id: task } of events) {
    const order = orders.get(task) ?? { added: [], removed: [], before: [] }
    orders.set(task, order)
    const [change] = changes.get(id) ?? []
    const { before, after } = change ?? {}
    if (after?.value) order.removed.push(neighbour(after.value))
    else if (before?.value) order.added.push(neighbour(before.value))
  }
  const there = await tasksAmong([...orders.values()].flatMap(({ added }) => added))
  for (const [task, order] of orders) {
    const links = standing.get(task) ?? new Set()
    order.added = order.added.filter(({ id }) => there.has(id) && !links.has(id))
    order.removed = order.removed.filter(({ id }) => links.has(id))
  }
  return orders
}

const EVENTS = `select id, entity_id from audit.events
  where organisation_id = ? and entity_id = any(?) and facts->>'import' = ?
    and action in ('task.predecessor_added', 'task.predecessor_removed') order by seq`

function neighbour(id: unknown): Neighbour {
  return { id: String(id), ref: 'The task it waited for' }
}

async function linksOf(ids: string[]) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<{ task: string; before: string[] }>(
    trx,
    `select task_id as task, array_agg(predecessor_id) as before from task_predecessors
      where organisation_id = ? and task_id = any(?) group by task_id`,
    [organisationId, ids]
  )
  return new Map(rows.map(({ task, before }) => [task, new Set(before)]))
}

async function tasksAmong(neighbours: Neighbour[]) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<{ id: string }>(
    trx,
    'select id from tasks where organisation_id = ? and id = any(?)',
    [organisationId, neighbours.map(({ id }) => id)]
  )
  return new Set(rows.map(({ id }) => id))
}
