import { compose } from '@adonisjs/core/helpers'
import { errors } from '@adonisjs/lucid'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { addDays, today } from '#models/days'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'
import { dayBefore, firstAfter } from '#models/report/rhythm'
import type { Cadence } from '#models/report/enumerations'
import { takeTurns } from '#models/saving/turns'

type Rhythm = { cadence: Cadence; firstDueOn: string }

/** When reports of a project are due: an interval, counted from its first day. */
export default class ReportSchedule extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'report_schedule',
    project: (row: ReportSchedule) => row.projectId,
    skip: ['projectId'],
  }

  @column() declare projectId: string
  @column() declare cadence: Cadence
  @column() declare firstDueOn: string
  @column() declare nextDueOn: string

  static of(project: { id: string }) {
    return this.query().where('project_id', project.id).first()
  }

  /**
   * Sets a project's schedule; version 0 means that there was none. Throws StaleRecord if it has been set meanwhile, and
   * E_ROW_NOT_FOUND if it has been removed.
   */
  static async set(project: Project, rhythm: Rhythm, lockVersion: number) {
    await takeTurns('projects', project.id)
    const kept = await this.of(project)
    if (!kept && lockVersion === 0) {
      const row = { ...rhythm, projectId: project.id, nextDueOn: rhythm.firstDueOn, lockVersion: 1 }
      return this.create(row)
    }
    if (!kept) throw new errors.E_ROW_NOT_FOUND()
    await kept.lockRow(lockVersion)
    kept.merge({ ...rhythm })
    if (kept.$isDirty) kept.nextDueOn = rhythm.firstDueOn
    return kept.saveRevision()
  }

  /** A report was published: the next one is due, unless that date's was published before. */
  async moveOn(day: string = today()) {
    const { cadence, firstDueOn, nextDueOn } = this
    const before = dayBefore(nextDueOn, cadence, firstDueOn)
    if (before !== null && day <= before) return
    this.nextDueOn = firstAfter(nextDueOn > day ? nextDueOn : day, cadence, firstDueOn)
    this.lockVersion += 1
    await this.auditAs('report_schedule.moved_on').save()
  }

  /** Its project resumes after a time without reporting: the dates that passed are not owed. */
  static async takeUp(project: Project) {
    const kept = await this.of(project)
    if (!kept?.isOverdue) return
    kept.nextDueOn = firstAfter(addDays(today(), -1), kept.cadence, kept.firstDueOn)
    kept.lockVersion += 1
    await kept.auditAs('report_schedule.moved_on').save()
  }

  get isOverdue() {
    return this.nextDueOn < today()
  }
}
