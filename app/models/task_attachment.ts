import { compose } from '@adonisjs/core/helpers'
import { errors } from '@adonisjs/lucid'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { admit } from '#models/stored_file/admitting'
import { discardFiles, keepBytes } from '#models/stored_file/files'
import type Task from '#models/task'
import { takeTurns } from '#models/saving/turns'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** The most files of a task: otherwise someone with its link could fill the organisation's storage. */
export const MOST_ATTACHMENTS = 50

/** A file handed in for a task, by a member or by the person outside who has it. */
export default class TaskAttachment extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'task_attachment',
    project: (row: TaskAttachment) => row.projectId,
    facts: (row: TaskAttachment) => ({
      ref: row.$extras.task.ref,
      target: row.taskId,
      // What answers a confidential entry is as confidential.
      source: row.$extras.task.raidItemId,
    }),
    skip: ['projectId', 'taskId', 'fileKey', 'addedBy', 'addedByExternalId', 'erasedAt'],
  }

  @column() declare projectId: string
  @column() declare taskId: string
  @column() declare name: string
  @column() declare fileKey: string
  @column() declare size: number
  @column() declare mediaType: string
  /** SHA-256 of the file, in hexadecimal. */
  @column({ columnName: 'sha256' }) declare sha256: string
  @column() declare addedBy: string | null
  /** The person outside who handed it in, in place of a member. */
  @column() declare addedByExternalId: string | null
  /** When its file was deleted because it named someone who was erased. */
  @column.dateTime() declare erasedAt: DateTime | null

  /** The files handed in for a task, oldest first. */
  static of(task: Pick<Task, 'id'>) {
    return this.query().where('task_id', task.id).orderBy('id')
  }

  /** The same, by one person outside only. */
  static from(external: { id: string }, task: Pick<Task, 'id'>) {
    return this.of(task).where('added_by_external_id', external.id)
  }

  /** The files handed in for any of these tasks that still exist. */
  static among(tasks: Pick<Task, 'id'>[]) {
    return this.query()
      .whereIn(
        'task_id',
        tasks.map(({ id }) => id)
      )
      .whereNull('erased_at')
      .orderBy('id')
  }

  /** One of a task's. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findIn(task: Task, id: string) {
    const attachment = await this.of(task).where('id', idOrNone(id)).firstOrFail()
    return attachment.belongsTo(task)
  }

  /** Adds a file by the person at work, once its bytes are what its name claims. */
  static async add(task: Task, name: string, bytes: Buffer) {
    await takeTurns('tasks', task.id)
    const held = await this.of(task)
    if (held.length >= MOST_ATTACHMENTS) {
      refuse('file', `A task can have up to ${MOST_ATTACHMENTS} files. Remove one first`)
    }
    const admitted = await admit('attachment', name, bytes)
    const { externalId, membershipId } = Tenancy.current()
    const by = externalId ? { addedByExternalId: externalId } : { addedBy: membershipId }
    const { id: taskId, projectId } = task
    const attachment = new TaskAttachment().merge({ ...admitted, ...by, projectId, taskId })
    await attachment.belongsTo(task).save()
    await keepBytes('attachment', attachment.id, bytes)
    return attachment
  }

  /** Lets its audit events name the task and point at it. */
  belongsTo(task: Task) {
    Object.assign(this.$extras, { task: { ref: task.$extras.ref, raidItemId: task.raidItemId } })
    return this
  }

  /** Where its file is stored. Throws E_ROW_NOT_FOUND for one that was erased. */
  get file() {
    const { fileKey, id, mediaType, name, sha256, size } = this
    if (this.erasedAt) throw new errors.E_ROW_NOT_FOUND(TaskAttachment)
    return { home: 'attachment' as const, id, fileKey, sha256, mediaType, size, name }
  }

  /** Deletes the file for good; the trail keeps the fact that it existed. */
  async remove() {
    await discardFiles('attachment', [this.id])
    await this.delete()
  }
}
