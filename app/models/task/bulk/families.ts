import Task from '#models/task'
import type { Refusal } from '#models/task/bulk/selection'
import { IS_OPEN_TASK, isTaskSettled } from '#models/task/states'
import { SETTLED_WHOLE, stillOpen } from '#models/task/subtasks'

/** The rules that tasks about to be saved would break: nothing open is part of something settled. */
export async function refusedFamilies(tasks: Task[]): Promise<Refusal[]> {
  const chosen = new Map(tasks.map((task) => [task.id, task]))
  const besides = await openPartsBesides(tasks)
  const open = [...tasks.filter((task) => !task.isSettled), ...besides]
  const openParts = Map.groupBy(open, ({ parentId }) => parentId)
  const wholes = await wholesBesides(tasks)
  return tasks.flatMap((task) => {
    const parts = openParts.get(task.id)
    if (task.isSettled && parts) {
      return [{ number: task.number, reason: stillOpen(task, parts) }]
    }
    const whole = chosen.get(task.parentId ?? '') ?? wholes.get(task.parentId ?? '')
    const isUnderSettled = whole && isTaskSettled(whole.status) && !task.isSettled
    // A part selected together with its whole is reported there.
    if (!isUnderSettled || chosen.has(whole.id)) return []
    return [{ number: task.number, reason: SETTLED_WHOLE }]
  })
}

async function openPartsBesides(tasks: Task[]) {
  const settled = tasks.filter((task) => task.isSettled).map(({ id }) => id)
  if (settled.length === 0) return []
  return Task.query()
    .whereIn('parent_id', settled)
    .whereRaw(IS_OPEN_TASK)
    .whereNotIn(
      'id',
      tasks.map(({ id }) => id)
    )
    .orderBy('number')
}

async function wholesBesides(tasks: Task[]) {
  const ids = tasks.filter((task) => !task.isSettled).flatMap(({ parentId }) => parentId ?? [])
  const wholes = ids.length > 0 ? await Task.query().whereIn('id', ids) : []
  return new Map(wholes.map((whole) => [whole.id, whole]))
}
