import { keptChanges, type KeptChange } from '#audit/values'
import type { Viewer } from '#identity/viewer'
import { hiddenAmong, HIDDEN } from '#models/import/hidden'
import { restoreAgreements } from '#models/import/revising/agreements'
import { changedBy, rememberRestored } from '#models/import/revising/memory'
import { keptAmong, type Kept } from '#models/import/kept'
import { formerOrders } from '#models/import/revising/former_orders'
import { holdWholes, lockedItems, lockedTasks } from '#models/import/revising/holding'
import { saveRevisions } from '#models/import/revising/execution'
import type { Order } from '#models/import/revising/places'
import { refusedPlacings } from '#models/import/revising/standing'
import type { Revised } from '#models/import/revising/known'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import Task from '#models/task'
import { takeTurns } from '#models/saving/turns'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Restores the former values of records that an import changed, from the audit trail, if no one has changed them since.
 * What was erased from the trail does not come back.
 */
export async function restoreChanged(importId: string, project: Project, viewer: Viewer) {
  const changed = await changedBy(importId)
  if (changed.length === 0) return { count: 0, kept: [] as Kept[] }
  if (changed.some(({ kind }) => kind === 'task')) await takeTurns('projects', project.id)
  const versions = new Map(changed.map(({ id, lock_version: version }) => [id, version]))
  const records = await heldOf(changed, project)
  const former = await formerValues(importId, [...versions.keys()])
  const orders = await formerOrders(importId, [...versions.keys()])
  const hidden = await hiddenAmong(records, project, viewer)
  const reasons = new Map([...hidden].map((id) => [id, HIDDEN]))
  for (const record of records.filter(({ id }) => !hidden.has(id))) {
    const reason =
      record.lockVersion === versions.get(record.id)
        ? restore(record, former.get(record.id) ?? (orders.has(record.id) ? null : []))
        : 'was changed'
    if (reason) reasons.set(record.id, reason)
  }
  await keepStandings(project, records, orders, reasons)
  const restored = records.filter(({ id }) => !reasons.has(id))
  await restoreAgreements(restored)
  await saveRevisions(
    importId,
    restored.map((record) => ({ record, order: orders.get(record.id) ?? null }))
  )
  const ids = restored.map(({ id }) => id)
  await rememberRestored(importId, ids)
  return { count: ids.length, kept: keptAmong(records, reasons) }
}

async function heldOf(changed: { kind: 'item' | 'task'; id: string }[], project: Project) {
  const ids = (kind: 'item' | 'task') =>
    changed.filter((one) => one.kind === kind).map(({ id }) => id)
  const items = await lockedItems(ids('item'))
  const tasks = await lockedTasks(await Task.query().whereRaw('id = any(?)', [ids('task')]))
  const records: Revised[] = [...items, ...tasks]
  for (const record of records) record.refersTo(project)
  return records
}

/** What each record said before the import, according to the import's event. */
async function formerValues(importId: string, ids: string[]) {
  const { trx, organisationId } = Tenancy.current()
  const events = await sql<{ id: string; entity_id: string }>(trx, EVENTS, [
    organisationId,
    ids,
    importId,
  ])
  const changes = await keptChanges(events.map(({ id }) => id))
  return new Map(events.map(({ id, entity_id: of }) => [of, changes.get(id) ?? []]))
}

const EVENTS = `select id, entity_id from audit.events
  where organisation_id = ? and entity_id = any(?) and facts->>'import' = ?
    and action in ('raid_item.updated', 'raid_item.status_changed', 'task.updated', 'task.status_changed')
  order by seq desc`

/** Null for a task whose order was all that an import changed. */
function restore(record: Revised, changes: KeptChange[] | null): string | null {
  if (!changes) return null
  if (changes.length === 0 || changes.some(({ before }) => before.erased)) {
    return 'had values that were erased since'
  }
  const model = record.constructor as typeof RaidItem
  const attributes = new Map(
    [...model.$columnsDefinitions].map(([name, { columnName }]) => [columnName, name])
  )
  for (const { column, before } of changes) {
    record.merge({ [attributes.get(column)!]: before.value })
  }
  return null
}

/** What cannot be restored stays as it is; the rest is then checked again. */
async function keepStandings(
  project: Project,
  records: Revised[],
  orders: Map<string, Order>,
  reasons: Map<string, string>
) {
  await holdWholes(records.filter((record) => record instanceof Task))
  for (;;) {
    const tasks = records.filter(
      (record): record is Task => record instanceof Task && !reasons.has(record.id)
    )
    const placings = tasks.map((record) => ({ record, order: orders.get(record.id) }))
    const refused = await refusedPlacings(project, placings)
    if (refused.size === 0) return
    for (const [id, reason] of refused) reasons.set(id, stays(reason))
  }
}

/** What a page would refuse, as a reason for keeping it. */
function stays(reason: string) {
  return `would break a rule that now applies: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
}
