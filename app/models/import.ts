import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { planAside, type ImportPlan } from '#imports/index'
import { idOrNone } from '#models/ids'
import type { ImportChoices } from '#models/import/choices'
import { attempted } from '#models/mixins/attempted'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { entriesOf } from '#models/import/entries'
import { bring, takeOut, untold, type Told } from '#models/import/bringing'
import { dropFile, keepFile, readFile } from '#models/import/file'
import { ownLayouts } from '#models/import/revising/layouts'
import { digestOf } from '#models/import/revising/revisions'
import type { Problem } from '#models/import/work'
import { factsOf, summarise, type Summary } from '#models/import/summary'
import { offeredCategories } from '#models/raid/categories'
import { takeTurns } from '#models/saving/turns'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/** How long the file of a draft is kept. */
const DRAFT_HOURS = 24

/** How many records were added and changed, or why nothing was done. */
type Executed = { entries: number; tasks: number; changed: number } | 'nothing' | 'moved'

export type ImportStatus = 'draft' | 'executing' | 'imported' | 'undoing' | 'undone'

/** A file brought into a project: a draft while it is checked, then imported, and perhaps undone. */
export default class Import extends compose(BaseModel, tenanted, audited, attempted) {
  static table = 'imports'

  static audit = {
    type: 'import',
    project: (row: Import) => row.projectId,
    facts: (row: Import) => factsOf(row.summary),
    skip: [
      'projectId',
      'choices',
      'summary',
      'createdBy',
      'importedAt',
      'undoneAt',
      'handedOver',
      'attempts',
      'partsDone',
      'parts',
      'problem',
    ],
  }

  @column() declare projectId: string
  @column() declare fileName: string
  @column() declare status: ImportStatus
  @column() declare createdBy: string
  /** Where the person reads the file differently from the importer's guess. */
  @column({ prepare: toJson }) declare choices: ImportChoices
  @column({ prepare: toJson }) declare summary: Summary
  @column.dateTime() declare importedAt: DateTime | null
  @column.dateTime() declare undoneAt: DateTime | null
  /** How often a worker was asked. */
  @column() declare handedOver: number
  /** Why the last attempt of a worker failed. */
  @column() declare problem: Problem | null

  /** Stores an upload as a draft. Throws ImportError when the file cannot be read. */
  static async upload(project: Project, fileName: string, bytes: Buffer) {
    const { format, sheets } = await planAside(bytes, fileName)
    const draft = new Import().merge({
      id: uuidv7(),
      projectId: project.id,
      fileName,
      status: 'draft',
      choices: {},
      summary: { format, bytes: bytes.length, sheets: sheets.length },
      createdBy: Tenancy.current().membershipId!,
    })
    await draft.auditAs('import.uploaded').save()
    await keepFile(draft.id, bytes)
    return draft
  }

  /** One import of a project by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findIn(project: Project, id: string) {
    return this.light()
      .where({ project_id: project.id, id: idOrNone(id) })
      .firstOrFail()
  }

  /** Discards the organisation's drafts that are more than a day old, with their files. Returns how many. */
  static async discardStale() {
    const limit = DateTime.utc().minus({ hours: DRAFT_HOURS }).toJSDate()
    const stale = await this.light()
      .where('status', 'draft')
      .where('created_at', '<', limit)
      .forUpdate()
    for (const draft of stale) await draft.discard()
    return stale.length
  }

  /** Without the file, which may be 5 MB and is read only where it is needed. */
  static light() {
    return this.query().select(this.columnNames)
  }

  get isDraft() {
    return this.status === 'draft'
  }

  /** True while a worker is processing it, or is about to. */
  get isUnderWay() {
    return this.status === 'executing' || this.status === 'undoing'
  }

  /**
   * Waits for anyone else changing, importing or undoing this, and rereads it. It does not wait for a worker's records,
   * which refer to this.
   */
  async lockRow() {
    await takeTurns('imports', this.id)
    const present = await Import.light().where('id', this.id).firstOrFail()
    this.merge(present.$attributes as any)
    this.$hydrateOriginals()
  }

  /** What the file becomes with the choices made so far. */
  async plan(): Promise<ImportPlan> {
    const category = offeredCategories().map(({ value, label }) => [value, label])
    return planAside(await readFile(this.id), this.fileName, this.choices, {
      names: { category: Object.fromEntries(category) },
      layouts: ownLayouts(),
    })
  }

  /** What the planned rows become; locked with `held` when they are to be added. */
  outcome(project: Project, plan: ImportPlan, viewer: Viewer, { held } = { held: false }) {
    return entriesOf(project, plan, { viewer, choices: this.choices, held })
  }

  choose(choices: ImportChoices) {
    this.choices = choices
    this.problem = null
    return this.save()
  }

  /**
   * Adds the planned entries and tasks to the project, changes those it already has, and returns how many. Expects the
   * row to be locked, or held by a worker; it keeps its state when there is nothing to do, or when the changes are no
   * longer those that were shown.
   */
  async execute(
    project: Project,
    plan: ImportPlan,
    { viewer, seen, told = untold }: { viewer: Viewer; seen: unknown; told?: Told }
  ): Promise<Executed> {
    const outcome = await this.outcome(project, plan, viewer, { held: true })
    const { changes, entries, tasks } = outcome
    const taken = changes.filter(({ isTaken }) => isTaken)
    if (changes.length > 0 && digestOf(changes) !== seen) return 'moved'
    if (entries.length + tasks.length + taken.length === 0) return 'nothing'
    await bring(this, project, { plan, outcome, taken, told })
    await dropFile(this.id)
    this.status = 'imported'
    this.problem = null
    this.importedAt = DateTime.utc()
    this.summary = summarise(this.summary, outcome)
    await this.auditAs('import.completed').save()
    return { entries: entries.length, tasks: tasks.length, changed: taken.length }
  }

  /**
   * Removes what no one has worked on since, and restores the former values of what was changed, as far as the viewer
   * may see it. Expects the row to be locked and imported, or held by a worker.
   */
  async reverse(project: Project, { viewer, told = untold }: { viewer: Viewer; told?: Told }) {
    const reversal = await takeOut(this, project, { viewer, told })
    this.status = 'undone'
    this.problem = null
    this.undoneAt = DateTime.utc()
    this.summary = { ...this.summary, reversal }
    return this.auditAs('import.undone').save()
  }

  discard() {
    return this.auditAs('import.discarded').delete()
  }
}

function toJson(value: unknown) {
  return JSON.stringify(value)
}
