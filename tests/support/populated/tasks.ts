import CalendarFeed from '#models/calendar_feed'
import ExternalResource from '#models/external_resource'
import type Project from '#models/project'
import Task from '#models/task'
import type { World } from '#tests/support/world'

/** A row in each table that tasks and their calendars have. */
export async function addTasks(world: World, project: Project) {
  const manager = await world.person('manager')
  await world.inside(async () => {
    const { id } = await ExternalResource.create({ name: 'A surveyor' })
    await Task.add(project, { title: 'Survey the quay', externalResourceId: id })
    await CalendarFeed.open('tasks')
  }, manager)
}
