import type ExternalResource from '#models/external_resource'
import { projectsOf } from '#models/project/of_records'
import { IS_OPEN } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { IS_OPEN_TASK } from '#models/task/states'

/** The open tasks of someone outside, locked, with their refs. */
export async function openTasksOf(person: Pick<ExternalResource, 'id'>) {
  const tasks = await Task.query()
    .where('external_resource_id', person.id)
    .whereRaw(IS_OPEN_TASK)
    .orderBy('id')
    .forUpdate()
  const projects = await projectsOf(tasks)
  return tasks.map((task) => task.refersTo(projects.get(task.projectId)!))
}

/** The open entries of the log that name someone outside in this column, locked, with their refs. */
export async function openItemsOf(column: string, person: ExternalResource) {
  const items = await RaidItem.query()
    .where(column, person.id)
    .whereRaw(IS_OPEN)
    .orderBy('id')
    .forUpdate()
  const projects = await projectsOf(items)
  return items.map((item) => item.refersTo(projects.get(item.projectId)!))
}
