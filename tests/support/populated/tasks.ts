import ApiToken from '#models/api_token'
import CalendarFeed from '#models/calendar_feed'
import ChecklistItem from '#models/checklist_item'
import Comment from '#models/comment'
import ExternalResource from '#models/external_resource'
import type Project from '#models/project'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import TaskPredecessor from '#models/task_predecessor'
import type { World } from '#tests/support/world'

/** A row in each table for tasks and their calendars. */
export async function addTasks(world: World, project: Project) {
  const manager = await world.person('manager')
  await world.inside(async () => {
    const { id } = await ExternalResource.create({ name: 'A surveyor' })
    const survey = await Task.add(project, { title: 'Survey the quay', externalResourceId: id })
    const mine = { assigneeId: manager.membershipId }
    const report = await Task.add(project, { title: 'Report on it', parentId: survey.id, ...mine })
    const dredge = await Task.add(project, { title: 'Dredge the basin', ...mine })
    await TaskPredecessor.join(dredge, report)
    await ChecklistItem.add(dredge, 'Hire a barge')
    await TaskAttachment.add(dredge, 'barge.txt', Buffer.from('Hired for May.'))
    await Comment.add(dredge, project, 'The barge is late')
    await CalendarFeed.open('tasks')
    await ApiToken.issueOwn({ name: 'Weekly script', scopes: ['tasks:read'], days: 30 })
    // The tests of the walls use the newest, and nothing may depend on it.
    await Task.add(project, { title: 'Sweep the quay', ...mine })
  }, manager)
}
