import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'
import type { ReportState } from '#models/report/enumerations'
import { reportRef } from '#models/report/refs'

/** One version of a project's status report: its manager's words, which no longer change once published. */
export default class StatusReport extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'status_report',
    project: (row: StatusReport) => row.projectId,
    facts: (row: StatusReport) => ({
      ref: row.$extras.ref,
      version: row.version,
      status: row.state,
      seal: row.$extras.seal,
    }),
    skip: [
      'projectId',
      'number',
      'version',
      'correctsId',
      'authorId',
      'submittedBy',
      'submittedAt',
      'returnedBy',
      'returnedAt',
      'publishedBy',
      'publishedAt',
    ],
  }

  @column() declare projectId: string
  @column() declare number: number
  @column() declare version: number
  /** The version that this one corrects. */
  @column() declare correctsId: string | null
  @column() declare correctionReason: string | null
  @column() declare state: ReportState
  @column() declare periodStartOn: string
  @column() declare periodEndOn: string
  @column() declare authorId: string
  @column() declare summary: string | null
  @column() declare achieved: string | null
  @column() declare planned: string | null
  @column() declare budget: string | null
  @column() declare submittedBy: string | null
  @column.dateTime() declare submittedAt: DateTime | null
  @column() declare returnedBy: string | null
  @column.dateTime() declare returnedAt: DateTime | null
  @column() declare returnReason: string | null
  @column() declare publishedBy: string | null
  @column.dateTime() declare publishedAt: DateTime | null

  /** The published versions of a project's reports, latest first. */
  static published(project: { id: string }) {
    return this.query()
      .where('project_id', project.id)
      .where('state', 'published')
      .orderBy('number', 'desc')
      .orderBy('version', 'desc')
  }

  /** The latest current report of a project; null before the first. */
  static latest(project: { id: string }) {
    return this.published(project).first()
  }

  /** The one being written; there is one at a time. */
  static open(project: { id: string }) {
    return this.query().where('project_id', project.id).whereNot('state', 'published').first()
  }

  /**
   * One report of a project that the viewer may read: unpublished ones are for people who write and publish. Throws
   * E_ROW_NOT_FOUND, also when it is not an id at all.
   */
  static async findVisible(project: Project, viewer: Viewer, id: string) {
    const query = this.query().where('project_id', project.id).where('id', idOrNone(id))
    if (!viewer.can('report.read.drafts', project)) query.where('state', 'published')
    return (await query.firstOrFail()).refersTo(project)
  }

  /** Tells the report its project's code, so that it and its audit events can name themselves. */
  refersTo(project: Pick<Project, 'code'>) {
    this.$extras.ref = reportRef(project.code, this.number)
    return this
  }

  /** Such as ATLAS-SR4; needs `refersTo` first. */
  get ref(): string {
    return this.$extras.ref
  }

  get isDraft() {
    return this.state === 'draft'
  }

  get isPublished() {
    return this.state === 'published'
  }

  /** The version that replaced this one; null while it is current. */
  successor() {
    return StatusReport.published({ id: this.projectId })
      .where('number', this.number)
      .where('version', '>', this.version)
      .first()
  }
}
