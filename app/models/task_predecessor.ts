import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { idOrNone } from '#models/ids'
import { tenanted } from '#models/mixins/tenanted'
import type Task from '#models/task'
import { takeTurns } from '#models/saving/turns'
import { orGone, refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A task that must be finished before another starts. Recorded in the trail of the one that waits. */
export default class TaskPredecessor extends compose(BaseModel, tenanted) {
  /** One of those that a task waits for. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findOf(task: Task, id: string) {
    return this.query().where('task_id', task.id).where('id', idOrNone(id)).firstOrFail()
  }

  /** Makes a task wait for another in its project; a circle is refused. */
  static async join(task: Task, predecessor: Task) {
    if (task.id === predecessor.id) refuse('ref', 'A task cannot wait for itself')
    if (task.parentId === predecessor.id || predecessor.parentId === task.id) {
      refuse('ref', 'A task and its own subtask cannot wait for each other')
    }
    // Two links that are harmless alone may close a circle together.
    await takeTurns('projects', task.projectId)
    const present = await this.query().where('task_id', task.id)
    if (present.some(({ predecessorId }) => predecessorId === predecessor.id)) {
      refuse('ref', `${task.ref} already waits for ${predecessor.ref}`)
    }
    if (await waitsFor(predecessor, task)) {
      refuse(
        'ref',
        `${predecessor.ref} already waits for ${task.ref}, so they would block each other`
      )
    }
    const { id: taskId, projectId } = task
    await orGone(this.create({ projectId, taskId, predecessorId: predecessor.id }))
    await task.reviseBeside('task.predecessor_added', { predecessor: { after: predecessor.id } })
  }

  @column() declare projectId: string
  @column() declare taskId: string
  @column() declare predecessorId: string

  /** Ends the task's wait for it. */
  async sever(task: Task) {
    await this.delete()
    await task.reviseBeside('task.predecessor_removed', {
      predecessor: { before: this.predecessorId },
    })
  }
}

/** True when the task waits for the other, by however many steps. */
async function waitsFor(task: Task, other: Task) {
  const { trx, organisationId } = Tenancy.current()
  const [{ found }] = await sql(
    trx,
    `with recursive earlier (id) as (
       select ?::uuid
       union
       select predecessor_id from task_predecessors
         join earlier on task_predecessors.task_id = earlier.id
        where task_predecessors.organisation_id = ?)
     select exists (select from earlier where id = ?) as found`,
    [task.id, organisationId, other.id]
  )
  return found as boolean
}
