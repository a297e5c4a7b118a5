import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { saveMany } from '#models/saving/many'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Task from '#models/task'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const DAYS_AFTER_END = 7

/**
 * The address at which a person outside sees and answers the one task that is theirs, without an account. It is mailed
 * and never stored: only its digest is. One row for each task and person; sending again changes the address.
 */
export default class TaskLink extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'task_link',
    project: (row: TaskLink) => row.$extras.projectId ?? null,
    facts: (row: TaskLink) => ({
      ref: row.$extras.ref,
      target: row.taskId,
      source: row.$extras.source,
    }),
    skip: ['digest', 'deliveries', 'taskId', 'sentBy', 'sentAt', 'endedAt'],
  }

  @column() declare taskId: string
  @column() declare externalResourceId: string
  @column() declare digest: Buffer
  @column() declare deliveries: number
  @column() declare sentBy: string | null
  @column.dateTime() declare sentAt: DateTime
  @column.dateTime() declare expiresAt: DateTime
  /** When the task was done or cancelled. */
  @column.dateTime() declare endedAt: DateTime | null
  @column.dateTime() declare revokedAt: DateTime | null

  /** The link of the person who has the task, in any state; null when none was sent. */
  static async of(task: Task): Promise<TaskLink | null> {
    if (!task.externalResourceId) return null
    const link = await this.query()
      .where({ task_id: task.id, external_resource_id: task.externalResourceId })
      .first()
    return link?.refersTo(task) ?? null
  }

  /** Closes every link of a person who should no longer be reached by them. */
  static async closeAllOf(externalId: string) {
    const links = await this.query()
      .where('external_resource_id', externalId)
      .whereNull('revoked_at')
      .orderBy('id')
      .forUpdate()
    const tasks = await namesOfTasks(links.map(({ taskId }) => taskId))
    for (const link of links) {
      Object.assign(link, { $extras: tasks.get(link.taskId), revokedAt: DateTime.utc() })
    }
    await saveMany(links, 'task_link.revoked')
  }

  /** Lets the link's audit events name its task. */
  refersTo(task: Task) {
    Object.assign(this.$extras, {
      ref: task.$extras.ref,
      projectId: task.projectId,
      source: task.raidItemId,
    })
    return this
  }

  /** Revokes the link: it stops working. */
  async revoke() {
    if (this.revokedAt) return this
    this.revokedAt = DateTime.utc()
    return this.auditAs('task_link.revoked').save()
  }

  /** Until when it opens the task, unless it is revoked. */
  get opensUntil(): DateTime {
    if (!this.endedAt) return this.expiresAt
    return DateTime.min(this.expiresAt, this.endedAt.plus({ days: DAYS_AFTER_END }))
  }

  get isOpen() {
    return !this.revokedAt && this.opensUntil > DateTime.utc()
  }
}

/** What the events of links say about their tasks, by task. */
async function namesOfTasks(taskIds: string[]) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql(
    trx,
    `select tasks.id, tasks.project_id, tasks.raid_item_id, tasks.number, projects.code
       from tasks join projects on projects.organisation_id = tasks.organisation_id
        and projects.id = tasks.project_id
      where tasks.organisation_id = ? and tasks.id = any(?)`,
    [organisationId, taskIds]
  )
  return new Map(
    rows.map((row) => [
      row.id as string,
      { ref: `${row.code}-T${row.number}`, projectId: row.project_id, source: row.raid_item_id },
    ])
  )
}
