import type { LucidModel, LucidRow } from '@adonisjs/lucid/types/model'
import { v7 as uuidv7 } from 'uuid'
import { record, recordMany } from '#audit/events'
import { keepBytes, keyOf } from '#models/stored_file/files'
import { importedLifecycle } from '#models/lifecycle/imported'
import { creationOf } from '#models/mixins/audited'
import { refuseBeyond } from '#models/organisation/quotas'
import Project from '#models/project'
import { categoryLabels } from '#models/raid/categories'
import { insertRows } from '#tenancy/bulk'
import Tenancy from '#tenancy/tenancy'
import type { Archive } from '#transfer/archive'
import { references, writable } from '#transfer/catalogue'
import { fits, type Fit } from '#transfer/fitting'
import type { Row } from '#transfer/format'
import { NewIds } from '#transfer/new_ids'
import { HISTORY, PARTS, type Part } from '#transfer/parts'
import { People } from '#transfer/people'
import { isFile, isTakable } from '#transfer/taking'

const BATCH = 500

/** The outcome of an import: the rows of each table, those that were left out, and people who are only names here. */
type Result = {
  projectId: string
  rows: Record<string, number>
  left: Record<string, number>
  unknown: string[]
  history: Record<string, Row[]>
}

/**
 * Creates a project from an archive, all of it or nothing, and records every record in the audit trail. What was
 * decided elsewhere is returned, to be kept as history. `onPart` receives the progress.
 */
export async function importProject(
  archive: Archive,
  code: string,
  onPart: (done: number, of: number) => Promise<void>
): Promise<Result> {
  await refuseBeyond('projects', 'file')
  return new Restoration(archive, code, await People.of(archive.names)).run(onPart)
}

class Restoration {
  readonly #projectId = uuidv7()
  readonly #ids: NewIds
  readonly #result: Result
  /** Files by the record to which they belong. */
  readonly #waiting = new Map<string, Buffer>()

  constructor(
    private archive: Archive,
    private code: string,
    private people: People
  ) {
    this.#ids = new NewIds(archive, people, this.#projectId)
    this.#result = { projectId: this.#projectId, rows: {}, left: {}, unknown: [], history: {} }
  }

  async run(onPart: (done: number, of: number) => Promise<void>): Promise<Result> {
    const fit = await this.#fit()
    const project = await this.#project(fit)
    for (const [index, part] of PARTS.entries()) {
      await onPart(index, PARTS.length)
      await this.#part(part, project, fit)
    }
    for (const { table } of HISTORY) {
      const rows = this.archive.history(table)
      if (rows.length > 0) this.#result.history[table] = rows.map((row) => this.#ids.renamed(row))
    }
    this.#result.unknown = [...this.people.unknown].map((id) => this.people.nameOf(id))
    return this.#result
  }

  async #fit(): Promise<Fit> {
    return {
      references: await references(),
      people: this.people,
      known: this.#ids.known,
      codes: { from: this.archive.manifest.project.code, to: this.code },
      categories: new Map(Object.entries(categoryLabels())),
    }
  }

  async #project(fit: Fit) {
    const { last_numbers: numbers, ...given } = this.archive.project
    const [row] = this.#ids.remapped([given])
    fits('projects', row, new Set(), fit)
    const columns = new Set((await writable('projects')).map(({ name }) => name))
    const kept = Object.entries(row).filter(([name]) => columns.has(name))
    const values = {
      ...Object.fromEntries(kept),
      id: this.#projectId,
      code: this.code,
      is_sample: false,
    }
    const project = hydrated(Project, { ...values, programme_id: null, lock_version: 1 })
    await insertRows('projects', [{ ...values, created_by: this.people.stand, lock_version: 1 }])
    await record(creationOf(project))
    await this.#numbers(numbers)
    return project as Project
  }

  /** New records continue the project's own numbering. */
  async #numbers(numbers: unknown) {
    const rows = Object.entries((numbers ?? {}) as Row)
      .filter(([kind, last]) => /^[a-z_]{1,40}$/.test(kind) && Number.isSafeInteger(last))
      .map(([kind, last]) => ({ project_id: this.#projectId, kind, last_number: last }))
    await insertRows('ref_counters', rows)
  }

  async #part(part: Part, project: Project, fit: Fit) {
    const columns = await writable(part.table)
    const names = new Set(columns.map(({ name }) => name))
    const required = new Set(columns.filter((column) => column.required).map(({ name }) => name))
    const given = this.archive.rows(part.table)
    if (given.length === 0) return
    const own = names.has('project_id') ? { project_id: this.#projectId } : {}
    const extra = await this.#extra(part.table, fit)
    const rows = wholesFirst(this.#ids.remapped(given))
      .map((row) => ({ ...row, ...extra, ...own, ...placeOf(part, row) }) as Row)
      .filter(
        (row) =>
          (fits(part.table, row, required, fit) && this.#isTakable(part, row)) ||
          this.#leave(part, row, fit)
      )
      .map((row) => this.#shaped(part, row, names))
    if (part.home) await refuseBeyond('storage', 'file', this.#sizeOf(rows))
    for (let at = 0; at < rows.length; at += BATCH) {
      await this.#write(part, rows.slice(at, at + BATCH), project)
    }
    this.#result.rows[part.table] = rows.length
  }

  async #extra(table: string, { known }: Fit): Promise<Row> {
    if (table !== 'gates') return {}
    const lifecycle = await importedLifecycle(this.archive.manifest.project.name)
    known.add(lifecycle)
    return { template_id: lifecycle }
  }

  /** Rows that depend on one left out are left out too. */
  #leave({ table }: Part, { id }: Row, { known }: Fit) {
    this.#result.left[table] = (this.#result.left[table] ?? 0) + 1
    known.delete(String(id))
    return false
  }

  /** All rows have the same columns, and only those of the table. */
  #shaped({ without = [] }: Part, row: Row, names: Set<string>): Row {
    const shaped: Row = {}
    for (const name of names) {
      if (name in row && (!without.includes(name) || name === 'template_id'))
        shaped[name] = row[name]
    }
    return shaped
  }

  #sizeOf(rows: Row[]) {
    return rows.reduce((sum, { id }) => sum + (this.#waiting.get(String(id))?.length ?? 0), 0)
  }

  /** Keeps the file of a row that is accepted. */
  #isTakable({ home }: Part, row: Row) {
    if (!home) return true
    const bytes = isFile(row) ? this.archive.file(home, this.#ids.formerOf(row.id)) : null
    if (!isTakable(row, bytes)) return false
    if (bytes) this.#waiting.set(String(row.id), bytes)
    return true
  }

  async #write(part: Part, rows: Row[], project: Project) {
    await insertRows(part.table, rows)
    if (part.model) await this.#tell(part.model, rows, project)
    for (const { id } of rows) {
      const bytes = this.#waiting.get(String(id))
      if (bytes && part.home) await keepBytes(part.home, String(id), bytes)
    }
  }

  async #tell(model: LucidModel, rows: Row[], project: Project) {
    await recordMany(
      rows.map((row) => {
        const made = hydrated(model, row) as any
        const source = row.raid_item_id ?? null
        const task = { projectId: project.id, ref: null, raidItemId: null }
        made.$extras = { projectId: project.id, source, task }
        made.refersTo?.(project)
        return creationOf(made)
      })
    )
  }
}

/** Where the file of a row will be stored: an archive never decides that. */
function placeOf({ home }: Part, row: Row): Row {
  if (!home) return {}
  const key = keyOf(home, Tenancy.current().organisationId, String(row.id))
  return { file_key: isFile(row) ? key : null }
}

/** Tasks come before their parts; everything else stays in order. */
function wholesFirst(rows: Row[]) {
  return rows.toSorted(
    (one, other) => Number(Boolean(one.parent_id)) - Number(Boolean(other.parent_id))
  )
}

function hydrated(model: LucidModel, row: Row): LucidRow {
  return model.$createFromAdapterResult(row as any)!
}
