import { v7 as uuidv7 } from 'uuid'
import type { ImportPlan, RecordRow } from '#imports/index'
import type Project from '#models/project'
import { insertRows } from '#tenancy/bulk'
import { read, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What an import added or changed. */
export type Brought = {
  kind: 'item' | 'task'
  id: string
  outcome: 'added' | 'changed'
  row: RecordRow
  lockVersion: number
}

type Kept = { key: string; shape: string; kind: Brought['kind']; id: string; lock_version: number }

/** Such as PROJ-123: it identifies its list, and is valid in any file. 7 is valid only in files of one kind. */
const NAMES_ITS_LIST = /^[a-z][a-z0-9_]+-\d+$/
const LONGEST = 200

/** What earlier imports remember about the references in some rows. */
export class Remembered {
  readonly #byKey: Map<string, Kept[]>

  constructor(
    readonly kept: Kept[],
    readonly versions: Map<string, number>,
    readonly shapes: Map<string, string>
  ) {
    this.#byKey = Map.groupBy(kept, ({ key }) => key)
  }

  get itemIds() {
    return this.#idsOf('item')
  }

  get taskIds() {
    return this.#idsOf('task')
  }

  /** The records that earlier files called by this row's reference. */
  of(row: RecordRow) {
    const key = keyOf(row)
    const shape = this.shapes.get(row.table)
    const fitting = (this.#byKey.get(key ?? '') ?? []).filter(
      (one) => NAMES_ITS_LIST.test(one.key) || one.shape === shape
    )
    return [...new Map(fitting.map((one) => [one.id, one])).values()]
  }

  /** The version in which the last import left a record. */
  versionOf(id: string) {
    return this.versions.get(id) ?? null
  }

  #idsOf(kind: Kept['kind']) {
    return [...new Set(this.kept.filter((one) => one.kind === kind).map(({ id }) => id))]
  }
}

/** What is remembered about the references of these rows. */
export async function rememberedFor(project: Project, plan: ImportPlan, rows: RecordRow[]) {
  const keys = [...new Set(rows.flatMap((row) => keyOf(row) ?? []))]
  const shapes = shapesOf(plan)
  if (keys.length === 0) return new Remembered([], new Map(), shapes)
  const { trx, organisationId } = Tenancy.current()
  const kept = await read<Kept>(trx, KEPT, [organisationId, project.id, keys])
  const versions = new Map<string, number>()
  for (const { id, lock_version: version } of kept) {
    versions.set(id, Math.max(version, versions.get(id) ?? 0))
  }
  return new Remembered(kept, versions, shapes)
}

const KEPT = `select key, shape, lock_version, case when task_id is null then 'item' else 'task' end as kind,
    coalesce(raid_item_id, task_id) as id
  from import_rows where organisation_id = ? and project_id = ? and key = any(?) order by id`

/** Remembers what an import added under a reference, and everything that it changed. */
export async function remember(
  importId: string,
  project: Project,
  plan: ImportPlan,
  brought: Brought[]
) {
  const shapes = shapesOf(plan)
  const rows = brought
    .map((one) => ({ ...one, key: keyOf(one.row) }))
    .filter(({ key, outcome }) => key !== null || outcome === 'changed')
  await insertRows(
    'import_rows',
    rows.map(({ kind, id, outcome, row, key, lockVersion }) => ({
      id: uuidv7(),
      project_id: project.id,
      import_id: importId,
      raid_item_id: kind === 'item' ? id : null,
      task_id: kind === 'task' ? id : null,
      outcome,
      key,
      shape: shapes.get(row.table)!,
      lock_version: lockVersion,
    }))
  )
}

/** The records that an import changed, each with the version in which it left it. */
export async function changedBy(importId: string) {
  const { trx, organisationId } = Tenancy.current()
  return sql<{ kind: Brought['kind']; id: string; lock_version: number }>(trx, CHANGED, [
    organisationId,
    importId,
  ])
}

const CHANGED = `select case when task_id is null then 'item' else 'task' end as kind,
    coalesce(raid_item_id, task_id) as id, lock_version
  from import_rows where organisation_id = ? and import_id = ? and outcome = 'changed' order by id`

/** A restored record is again as the import before left it, in its next version. */
export async function rememberRestored(importId: string, ids: string[]) {
  const { trx, organisationId } = Tenancy.current()
  for (const column of ['raid_item_id', 'task_id'] as const) {
    await sql(trx, restored(column), [organisationId, importId, ids])
  }
}

/** Each kind by its own column, which has an index: thousands of rows are not compared with thousands. */
function restored(column: 'raid_item_id' | 'task_id') {
  return `update import_rows earlier set lock_version = undone.lock_version + 1, updated_at = now()
  from import_rows undone
  where undone.organisation_id = ? and undone.import_id = ? and undone.outcome = 'changed'
    and undone.${column} = any(?)
    and earlier.organisation_id = undone.organisation_id and earlier.${column} = undone.${column}
    and earlier.lock_version >= undone.lock_version - 1`
}

function shapesOf({ tables }: ImportPlan) {
  return new Map(tables.map(({ id, shape }) => [id, shape]))
}

/** A reference as it is looked up; null of a row without one. */
function keyOf({ sourceId }: RecordRow) {
  const key = sourceId?.trim().toLowerCase().replaceAll('\0', '').toWellFormed()
  return key && key.length <= LONGEST ? key : null
}
