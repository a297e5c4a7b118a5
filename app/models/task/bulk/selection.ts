import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import Task from '#models/task'
import type { BulkChange } from '#models/task/bulk/changes'
import { refusedFamilies } from '#models/task/bulk/families'
import type { BulkRow } from '#models/task/bulk/row'
import { reasonIn } from '#models/violation'

/** Why one of the tasks cannot be changed; by its number, since the viewer may not see it. */
export type Refusal = { number: number; reason: string }

type Outcome = {
  refused: Refusal[]
  /** The former values of each changed task, as rows of the change that undoes this one. */
  former: BulkRow[]
}

/** Tasks of one project that are changed together: all of them, or none. */
export class Selection {
  constructor(
    readonly project: Project,
    readonly viewer: Viewer,
    readonly rows: BulkRow[],
    /** Whether the viewer has a right over one of them. */
    readonly may: (right: BulkChange['right'], task: Task) => boolean
  ) {}

  /** Changes every task, each with an event of its own; if one is refused, nothing changes. */
  async change(change: BulkChange): Promise<Outcome> {
    const tasks = await this.#lock()
    const former = new Map([...tasks.values()].map((task) => [task.id, change.present(task)]))
    const refused = this.rows.flatMap((row) => this.#refusal(row, tasks.get(row.number), change))
    if (refused.length === 0 && change.right === 'move') {
      refused.push(...(await refusedFamilies([...tasks.values()])))
    }
    if (refused.length > 0) return { refused, former: [] }
    const changed = await Task.saveMany([...tasks.values()], change.action)
    return {
      refused,
      former: changed.map(({ id, number, lockVersion }) => ({
        number,
        lockVersion,
        value: former.get(id),
      })),
    }
  }

  /** The selected tasks that the viewer may see, by number, locked together with their parents. */
  async #lock(): Promise<Map<number, Task>> {
    const numbers = this.rows.map(({ number }) => number)
    const visible = await Task.visibleIn(this.project, this.viewer).whereIn('number', numbers)
    const chosen = new Set(visible.map(({ id }) => id))
    const parents = visible.flatMap(({ parentId }) => parentId ?? [])
    // A part is younger than its whole, so the order of ids locks the whole first, as moving a single task does.
    const held = await Task.query()
      .whereIn('id', [...chosen, ...parents])
      .orderBy('id')
      .forUpdate()
    const tasks = held.filter(({ id }) => chosen.has(id))
    return new Map(tasks.map((task) => [task.number, task.refersTo(this.project)]))
  }

  #refusal(row: BulkRow, task: Task | undefined, change: BulkChange): Refusal[] {
    const reason = task
      ? this.#reason(row, task, change)
      : 'You cannot see a task with this reference'
    return reason ? [{ number: row.number, reason }] : []
  }

  #reason(row: BulkRow, task: Task, change: BulkChange): string | null {
    if (!this.may(change.right, task)) return 'You do not have permission to change this task'
    if (task.lockVersion !== row.lockVersion) {
      return 'Someone changed it after you chose it. Check it again'
    }
    try {
      change.apply(task, row)
      return null
    } catch (error) {
      return reasonIn(error)
    }
  }
}
