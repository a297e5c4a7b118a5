import type { ImportPlan, RecordRow } from '#imports/index'
import type { Viewer } from '#identity/viewer'
import { lockedItems, lockedTasks } from '#models/import/revising/holding'
import { namesIn } from '#models/import/revising/places'
import { rememberedFor, type Remembered } from '#models/import/revising/memory'
import type Project from '#models/project'
import { types, withArticle } from '#models/raid/enumerations'
import { refIn } from '#models/raid/refs'
import { taskRefIn } from '#models/task/refs'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { takeTurns } from '#models/saving/turns'

export type Revised = RaidItem | Task

/**
 * The record that a row is about, and the version in which the file or the last import knew it; or why that cannot be
 * determined.
 */
type Meant = { record: Revised; base: number | null } | { refusal: string }

type Options = { held: boolean }

/** The project's records that rows of a file name, by ref or by the reference that an earlier file gave them. */
export class KnownRecords {
  readonly #byRow = new Map<RecordRow, Meant>()
  readonly #byNumber = new Map<number, Task>()

  private constructor(
    readonly project: Project,
    readonly viewer: Viewer,
    readonly plan: ImportPlan
  ) {}

  /** For a file whose rows are all to be added: none of them is about a known record. */
  static none(project: Project, viewer: Viewer, plan: ImportPlan) {
    return new KnownRecords(project, viewer, plan)
  }

  /** With `held`, the records stay locked until the transaction ends. */
  static async of(project: Project, viewer: Viewer, plan: ImportPlan, { held }: Options) {
    const known = new KnownRecords(project, viewer, plan)
    // Locked in the same order as when making a task wait for another: first the project, then its tasks.
    if (held && namedPlaces(plan).length > 0) await takeTurns('projects', project.id)
    await known.#look(held)
    return known
  }

  /** Null for a row that becomes a new record. */
  of(row: RecordRow): Meant | null {
    return this.#byRow.get(row) ?? null
  }

  /** The task that a cell names, among those that the viewer can see in the project; or why there is none. */
  taskNamed(text: string): Task | string {
    const ref = taskRefIn(text)
    if (!ref) return `“${text.slice(0, 60).toWellFormed()}” is not a task reference`
    if (ref.code && ref.code !== this.project.code) return `${text} is not a task in this project`
    return this.#byNumber.get(ref.number) ?? `There is no ${text} that you can see`
  }

  /** The ids of all records that the file is about. */
  get ids(): Set<string> {
    const ids = [...this.#byRow.values()].flatMap((meant) =>
      'record' in meant ? meant.record.id : []
    )
    return new Set(ids)
  }

  async #look(held: boolean) {
    const rows = this.plan.rows.filter((row) => row.kind === 'record' && row.sourceId !== null)
    const named = (rows as RecordRow[]).map((row) => ({ row, ref: this.#refOf(row) }))
    const remembered = await rememberedFor(
      this.project,
      this.plan,
      named.filter(({ ref }) => !ref).map(({ row }) => row)
    )
    const records = await this.#records(named, remembered, held)
    for (const { row, ref } of named) {
      const meant = ref ? byRef(row, ref, records) : byKey(row, remembered, records)
      if (meant) this.#byRow.set(row, meant)
    }
    this.#refuseTwins()
  }

  /** A ref counts only in full: R12 may be another list's name for something of its own. */
  #refOf({ sourceId }: RecordRow): Ref | null {
    const item = refIn(sourceId!)
    const ref =
      item ?? (taskRefIn(sourceId!) && { ...taskRefIn(sourceId!)!, type: 'task' as const })
    return ref?.code === this.project.code ? { type: ref.type, number: ref.number } : null
  }

  async #records(named: Named[], remembered: Remembered, held: boolean) {
    const refs = named.flatMap(({ ref }) => ref ?? [])
    const items = await this.#items(refs, remembered, held)
    const tasks = await this.#tasks(refs, remembered, held)
    return new Records([...items, ...tasks])
  }

  async #items(refs: Ref[], { itemIds }: Remembered, held: boolean) {
    const ofType = (Object.keys(types) as (keyof typeof types)[]).map(
      (type) => [type, refs.filter((ref) => ref.type === type).map((ref) => ref.number)] as const
    )
    if (itemIds.length === 0 && ofType.every(([, numbers]) => numbers.length === 0)) return []
    const visible = await RaidItem.visibleIn(this.project, this.viewer).where((either) => {
      either.whereRaw('raid_items.id = any(?)', [itemIds])
      for (const [type, numbers] of ofType) {
        if (numbers.length === 0) continue
        either.orWhereRaw('(raid_items.type = ? and raid_items.number = any(?))', [type, numbers])
      }
    })
    const items = held ? await lockedItems(visible.map(({ id }) => id)) : visible
    return items.map((item) => item.refersTo(this.project))
  }

  async #tasks(refs: Ref[], { taskIds }: Remembered, held: boolean) {
    const named = refs.filter(({ type }) => type === 'task').map((ref) => ref.number)
    const numbers = [...named, ...namedPlaces(this.plan).flatMap((ref) => ref?.number ?? [])]
    if (taskIds.length === 0 && numbers.length === 0) return []
    const visible = await Task.visibleIn(this.project, this.viewer).whereRaw(
      '(tasks.id = any(?) or tasks.number = any(?))',
      [taskIds, numbers]
    )
    const tasks = held ? await lockedTasks(visible) : visible
    for (const task of tasks) this.#byNumber.set(task.number, task.refersTo(this.project))
    return tasks
  }

  /** When two rows are about one record, neither is better. */
  #refuseTwins() {
    const all = [...this.#byRow].filter(([, meant]) => 'record' in meant)
    const byRecord = Map.groupBy(all, ([, meant]) => (meant as { record: Revised }).record)
    for (const [record, rows] of byRecord) {
      if (rows.length < 2) continue
      const refusal = `${rows.length} rows of the file are about ${record.ref}. Keep only one`
      for (const [row] of rows) this.#byRow.set(row, { refusal })
    }
  }
}

/** The tasks that rows of an export are part of or wait for. */
function namedPlaces({ rows }: ImportPlan) {
  return rows.flatMap((row) =>
    row.kind === 'record' && row.isOwn && row.type === 'task'
      ? [...namesIn(row, 'parentSourceId'), ...namesIn(row, 'predecessors')].map(taskRefIn)
      : []
  )
}

type Ref = { type: RecordRow['type']; number: number }
type Named = { row: RecordRow; ref: Ref | null }

/** Records by id, and by their refs. */
class Records {
  readonly byId: Map<string, Revised>
  readonly #byRef: Map<string, Revised>

  constructor(records: Revised[]) {
    this.byId = new Map(records.map((record) => [record.id, record]))
    this.#byRef = new Map(records.map((record) => [`${typeOf(record)}:${record.number}`, record]))
  }

  at({ type, number }: Ref) {
    return this.#byRef.get(`${type}:${number}`) ?? null
  }
}

/** The type under which files name a record. */
export function typeOf(record: Revised): RecordRow['type'] {
  return record instanceof Task ? 'task' : record.type
}

function byRef(row: RecordRow, ref: Ref, records: Records): Meant {
  if (ref.type !== row.type) {
    return { refusal: `${row.sourceId} is not ${withArticle(row.type)}` }
  }
  const record = records.at(ref)
  if (!record) return { refusal: `There is no ${row.sourceId} that you can see` }
  return { record, base: versionIn(row) }
}

function byKey(row: RecordRow, remembered: Remembered, records: Records): Meant | null {
  const found = remembered.of(row).flatMap(({ id }) => {
    const record = records.byId.get(id)
    return record && typeOf(record) === row.type ? record : []
  })
  if (found.length === 0) return null
  if (found.length > 1) {
    const refs = found.map(({ ref }) => ref).join(', ')
    return { refusal: `Earlier files used ${row.sourceId} for ${refs}. Change them here instead` }
  }
  return { record: found[0], base: remembered.versionOf(found[0].id) }
}

function versionIn({ cells }: RecordRow) {
  return /^\d{1,9}$/.test(cells.version ?? '') ? Number(cells.version) : null
}
