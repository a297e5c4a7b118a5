import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { takeTurns } from '#models/saving/turns'
import type Task from '#models/task'
import { refuse } from '#models/violation'

const MOST = 100

/** One step of a task's checklist. */
export default class ChecklistItem extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'checklist_item',
    project: (row: ChecklistItem) => row.$extras.task.projectId,
    facts: (row: ChecklistItem) => ({
      ref: row.$extras.task.ref,
      target: row.taskId,
      source: row.$extras.task.raidItemId,
    }),
    skip: ['taskId', 'position'],
  }

  @column() declare taskId: string
  @column() declare position: number
  @column() declare text: string
  @column() declare isDone: boolean

  /** A task's checklist in its order. */
  static of(task: Task) {
    return this.query().where('task_id', task.id).orderBy('position')
  }

  /** One step of a task, to be changed. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findIn(task: Task, id: string) {
    await takeTurns('tasks', task.id)
    const item = await this.of(task).where('id', idOrNone(id)).firstOrFail()
    return item.#belongsTo(task)
  }

  /** Adds a step at the end. */
  static async add(task: Task, text: string) {
    await takeTurns('tasks', task.id)
    const items = await this.of(task)
    if (items.length >= MOST)
      refuse('text', `A checklist can have up to ${MOST} steps. Use subtasks for more`)
    const position = (items.at(-1)?.position ?? 0) + 1
    const item = new ChecklistItem().merge({ taskId: task.id, position, text, isDone: false })
    return item.#belongsTo(task).save()
  }

  /** Ticks or unticks the step; setting it to what it is changes nothing. */
  async tick(isDone: boolean) {
    this.isDone = isDone
    return this.auditAs(isDone ? 'checklist_item.ticked' : 'checklist_item.unticked').save()
  }

  /** Swaps places with the step before or after; at either end nothing happens. */
  async move(direction: 'up' | 'down') {
    const items = await ChecklistItem.of(this.$extras.task)
    const index = items.findIndex(({ id }) => id === this.id)
    const other = items[direction === 'up' ? index - 1 : index + 1]
    if (index < 0 || !other) return
    const [from, to] = [items[index].position, other.position]
    await other.#belongsTo(this.$extras.task).#place(from).auditSilently().save()
    await this.#place(to)
      .auditAs('checklist_item.moved')
      .auditBesides({ position: { before: from, after: to } })
      .save()
  }

  remove() {
    return this.delete()
  }

  #place(position: number) {
    this.position = position
    return this
  }

  #belongsTo(task: Task) {
    this.$extras.task = task
    return this
  }
}
