import RaidItem from '#models/raid_item'
import Task from '#models/task'

/** In the order of ids, so that two imports at once cannot deadlock. */
export async function lockedItems(ids: string[]) {
  return RaidItem.query().whereRaw('id = any(?)', [ids]).orderBy('id').forUpdate()
}

/** Including their parent tasks, which are older and so come first. */
export async function lockedTasks(tasks: Task[]) {
  const chosen = new Set(tasks.map(({ id }) => id))
  const wholes = tasks.flatMap(({ parentId }) => parentId ?? [])
  const held = await Task.query()
    .whereRaw('id = any(?)', [[...chosen, ...wholes]])
    .orderBy('id')
    .forUpdate()
  return held.filter(({ id }) => chosen.has(id))
}

/** The former parents of restored tasks, locked while that is checked. */
export async function holdWholes(tasks: Task[]) {
  const ids = tasks.flatMap(({ $dirty }) => $dirty.parentId ?? [])
  if (ids.length > 0) await Task.query().whereIn('id', ids).orderBy('id').forUpdate()
}
