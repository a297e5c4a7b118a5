import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { createHash } from 'node:crypto'
import { NIL, v7 as uuidv7 } from 'uuid'
import { enqueue } from '#jobs/enqueue'
import { idOrNone } from '#models/ids'
import { attempted, UNATTEMPTED } from '#models/mixins/attempted'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import Project, { CODE_TAKEN } from '#models/project'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Where an archive says it comes from. */
type Origin = { organisation: string; code: string; name: string; exportedAt: string }

/** The outcome: rows by table, rows left out by table, and people who are only names here. */
type Outcome = {
  rows: Record<string, number>
  left: Record<string, number>
  unknown: string[]
}

/** What was decided elsewhere, as rows by table. */
export type History = Record<string, Record<string, unknown>[]>

/** A project that arrives as an archive: from its upload until it exists, or why it does not. */
export default class ProjectImport extends compose(BaseModel, tenanted, audited, attempted) {
  static table = 'project_imports'

  static audit = {
    type: 'project_import',
    project: (row: ProjectImport) => row.projectId,
    facts: (row: ProjectImport) => ({ ref: row.code, status: row.status }),
    skip: [
      'code',
      'fileName',
      'sha256',
      'origin',
      'attempts',
      'partsDone',
      'parts',
      'problem',
      'projectId',
      'outcome',
      'history',
      'createdBy',
    ],
  }

  @column() declare code: string
  @column() declare fileName: string
  @column({ columnName: 'sha256' }) declare sha256: string
  @column({ prepare: toJson }) declare origin: Origin
  @column() declare status: 'queued' | 'running' | 'done' | 'failed'
  @column() declare problem: string | null
  @column() declare projectId: string | null
  @column({ prepare: toJson }) declare outcome: Outcome | null
  @column({ prepare: toJson }) declare history: History | null
  @column() declare createdBy: string

  /** Stores a complete archive, and queues its import. */
  static async begin(
    { bytes, fileName, origin }: { bytes: Buffer; fileName: string; origin: Origin },
    code: string
  ) {
    if (await Project.query().where('code', code).first()) {
      refuse(CODE_TAKEN.field, CODE_TAKEN.message)
    }
    const row = await new ProjectImport()
      .merge({
        id: uuidv7(),
        code,
        fileName,
        origin,
        ...UNATTEMPTED,
        status: 'queued',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        createdBy: Tenancy.current().membershipId!,
      })
      .auditAs('project_import.uploaded')
      .save()
    await write(row.id, bytes)
    await enqueue(Tenancy.current().trx, 'import_project', { importId: row.id })
    return row
  }

  /** One's own, by id. Throws E_ROW_NOT_FOUND for anyone else's, and when it is not an id at all. */
  static findOwn(id: string) {
    return this.light()
      .where('created_by', Tenancy.current().membershipId ?? NIL)
      .where('id', idOrNone(id))
      .firstOrFail()
  }

  /** What came with a project from elsewhere, oldest first. */
  static of(project: { id: string }) {
    return this.query()
      .select([...columns(), 'history'])
      .where('project_id', project.id)
      .where('status', 'done')
      .orderBy('id')
  }

  /** Without file and history, which are large and read only where they are needed. */
  static light() {
    return this.query().select(columns())
  }

  get isOver() {
    return this.status === 'done' || this.status === 'failed'
  }

  /** The archive, while it is kept. */
  async bytes(): Promise<Buffer> {
    const { trx, organisationId } = Tenancy.current()
    const [row] = await sql<{ file: Buffer }>(
      trx,
      'select file from project_imports where organisation_id = ? and id = ?',
      [organisationId, this.id]
    )
    return row.file
  }

  /** Records that the project exists. */
  async finish(projectId: string, outcome: Outcome, history: History) {
    await write(this.id, null)
    Object.assign(this, { status: 'done', projectId, outcome, history })
    return this.auditAs('project_import.completed').save()
  }

  /** Gives up, for a reason that people are told. */
  async fail(problem: string) {
    await write(this.id, null)
    Object.assign(this, { status: 'failed', problem })
    return this.auditAs('project_import.failed').save()
  }
}

function columns() {
  return ProjectImport.columnNames.filter((name) => name !== 'history')
}

async function write(id: string, bytes: Buffer | null) {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'update project_imports set file = ? where organisation_id = ? and id = ?', [
    bytes,
    organisationId,
    id,
  ])
}

function toJson(value: unknown) {
  return value === null || value === undefined ? null : JSON.stringify(value)
}
