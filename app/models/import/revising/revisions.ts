import { createHash } from 'node:crypto'
import type { ImportPlan, RaidType, RecordRow } from '#imports/index'
import type { Viewer } from '#identity/viewer'
import type { People } from '#models/import/people'
import { reviseItem } from '#models/import/revising/items'
import { exportedItem } from '#models/import/revising/layouts'
import { typeOf, type KnownRecords, type Revised } from '#models/import/revising/known'
import { reviseTask } from '#models/import/revising/tasks'
import { placeTask, type Order, type Placed } from '#models/import/revising/places'
import { refusedPlacings } from '#models/import/revising/standing'
import type { Assignees } from '#models/import/tasks/assignees'
import type Project from '#models/project'
import { disprovedAmong } from '#models/raid/invalidation'
import { RaidList, type RaidRow } from '#models/raid/list'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { TaskList } from '#models/task/list'
import type { TaskRow } from '#models/task/list_row'
import { placesOf } from '#models/task/places'

/** A record that a row changes: merged, but unsaved. */
export type Revision = {
  row: RecordRow
  record: Revised
  /** The changes to a task's predecessors, which are kept separately. */
  order: Order | null
  /** The version that was read. */
  version: number
  /** Someone has changed the record since the file, or the last import, knew it. */
  isConflict: boolean
  /** Conflicts are left out unless they are chosen. */
  isTaken: boolean
  notes: string[]
}

/** The outcome of rows about known records: each a revision, unchanged, or refused. */
export type Revisions = {
  revised: Revision[]
  same: RecordRow[]
  refused: { row: RecordRow; ref: string | null; reason: string }[]
}

type Context = {
  project: Project
  viewer: Viewer
  plan: ImportPlan
  people: People
  assignees: Assignees
  /** The conflicts that were chosen, each with the version that was seen. */
  takes: string[]
}

/** Which rows of a file change what is known, which say the same, and which are refused. */
export async function revisionsOf(known: KnownRecords, context: Context): Promise<Revisions> {
  const outcome: Revisions = { revised: [], same: [], refused: [] }
  const meant: { row: RecordRow; record: Revised; base: number | null }[] = []
  for (const row of context.plan.rows) {
    const found = row.kind === 'record' && known.of(row)
    if (!found || row.kind !== 'record') continue
    if ('refusal' in found) outcome.refused.push({ row, ref: null, reason: found.refusal })
    else meant.push({ row, ...found })
  }
  const records = meant.map(({ record }) => record)
  const shown = await shownNow(meant, context)
  const assumptions = records.filter(
    (record) => record instanceof RaidItem && record.type === 'assumption'
  )
  const disproved = await disprovedAmong(assumptions)
  const layouts = onceEach(exportedItem)
  for (const { row, record, base } of meant) {
    const version = record.lockVersion
    const notes =
      record instanceof Task
        ? reviseTask(record, row, { ...context, shown: shown.tasks })
        : reviseItem(record, row, { ...context, shown: shown.items, disproved, layouts })
    const placed = placing(record, row, notes, { known, places: shown.places })
    if (typeof placed === 'string') outcome.refused.push({ row, ref: record.ref, reason: placed })
    else if (!record.$isDirty && !placed.order) outcome.same.push(row)
    else {
      const isConflict = base !== null && base !== version
      const isTaken = !isConflict || context.takes.includes(takeOf(record.id, version))
      outcome.revised.push({ row, record, version, isConflict, isTaken, ...placed })
    }
  }
  await refuseStandings(outcome, context.project)
  return outcome
}

/** Reuses the answer given for the same before. */
function onceEach<Key, Value>(make: (key: Key) => Value) {
  const made = new Map<Key, Value>()
  return (key: Key) => {
    if (!made.has(key)) made.set(key, make(key))
    return made.get(key)!
  }
}

/** What fields reported, and where an export puts a task. */
function placing(
  record: Revised,
  row: RecordRow,
  notes: string[] | string,
  places: Parameters<typeof placeTask>[2]
): Placed | string {
  if (typeof notes === 'string') return notes
  if (!(record instanceof Task) || !row.isOwn) return { order: null, notes }
  const placed = placeTask(record, row, places)
  return typeof placed === 'string' ? placed : { ...placed, notes: [...notes, ...placed.notes] }
}

/** A conflict that can be chosen: in this version and no later one. */
export function takeOf(id: string, version: number) {
  return `${id}:${version}`
}

/** Tells whether revisions are still those that someone saw. */
export function digestOf(revised: Revision[]) {
  const seen = revised.map(({ record, version, order }) => [
    record.id,
    version,
    record.$dirty,
    ...(order ? [order.added, order.removed] : []),
  ])
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 22)
}

/** Rows of exports are compared with what an export would say now. */
async function shownNow(
  meant: { row: RecordRow; record: Revised }[],
  { project, viewer }: Context
) {
  const own = meant.filter(({ row }) => row.isOwn).map(({ record }) => record)
  const items = new Map<string, RaidRow>()
  for (const [type, ofType] of Map.groupBy(own, typeOf)) {
    if (type === 'task') continue
    const numbers = ofType.map(({ number }) => number)
    const rows = await RaidList.numbered(viewer, project, type as RaidType, numbers)
    for (const row of rows) items.set(row.id, row)
  }
  const numbers = own.filter((record) => record instanceof Task).map(({ number }) => number)
  const tasks =
    numbers.length > 0 ? await TaskList.ofProject(viewer, project).whole().numbered(numbers) : []
  const byId = new Map<string, TaskRow>(tasks.map((row) => [row.id, row]))
  return { items, tasks: byId, places: await placesOf(tasks, viewer, project) }
}

/** Refuses what would break a rule, considering everything that the file moves; the rest is then checked again. */
async function refuseStandings(outcome: Revisions, project: Project) {
  for (;;) {
    const taken = outcome.revised.filter(({ isTaken, record }) => isTaken && record instanceof Task)
    const reasons = await refusedPlacings(
      project,
      taken.map(({ record, order }) => ({ record: record as Task, order }))
    )
    if (reasons.size === 0) return
    for (const { row, record } of taken) {
      const reason = reasons.get(record.id)
      if (reason) outcome.refused.push({ row, ref: record.ref, reason })
    }
    outcome.revised = outcome.revised.filter(({ record }) => !reasons.has(record.id))
  }
}
