import { mentionOf } from '#models/mention'
import { notifyAll } from '#models/notification'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import type Task from '#models/task'
import Tenancy from '#tenancy/tenancy'

/** Tells a task's new assignee that it is theirs, unless they took it themselves. */
export async function tellAssignee(task: Task) {
  const { membershipId: actor } = Tenancy.current()
  if (!task.assigneeId || task.assigneeId === actor) return
  const project = await Project.findOrFail(task.projectId)
  const isOpenly = await isToldOpenly(task)
  const calling = isOpenly ? `${task.ref} ${task.title}` : task.ref
  await notifyAll([
    {
      kind: 'assignment',
      to: [task.assigneeId],
      path: `/projects/${project.id}/tasks/${task.id}`,
      title: actor ? `${mentionOf(actor)} gave you ${calling}` : `${calling} is yours to do`,
      detail: isOpenly ? task.description : null,
      key: `assignment:${task.id}:${task.lockVersion}`,
      project,
    },
  ])
}

/** Mails go far: a task that answers a confidential entry is named by its ref alone. */
async function isToldOpenly(task: Task) {
  if (!task.raidItemId) return true
  const item = await RaidItem.findOrFail(task.raidItemId)
  return item.sensitivity === 'normal'
}
