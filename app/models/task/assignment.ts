import { mentionOf } from '#models/text/mention'
import { notifyAll, type NewNotification } from '#models/notification'
import Project from '#models/project'
import { guardedSources } from '#models/task/guarding'
import type Task from '#models/task'
import Tenancy from '#tenancy/tenancy'

/**
 * Notifies the new assignees of tasks of one project, except of what they took themselves: one notice for one task, and
 * one for several assigned at once.
 */
export async function tellAssignees(tasks: Task[]) {
  const { membershipId: actor } = Tenancy.current()
  const given = tasks.filter(({ assigneeId }) => assigneeId !== null && assigneeId !== actor)
  if (given.length === 0) return
  const project = await Project.findOrFail(given[0].projectId)
  const guarded = await guardedSources(given)
  const byPerson = Map.groupBy(given, (task) => task.assigneeId!)
  await notifyAll(
    [...byPerson].map(([person, theirs]) => ({
      kind: 'assignment' as const,
      to: [person],
      project,
      ...(theirs.length === 1 ? oneTask(theirs[0], guarded) : severalTasks(theirs, project)),
    }))
  )
}

type Wording = Pick<NewNotification, 'path' | 'title' | 'detail' | 'key'>

/** Mails reach far: a task that responds to a confidential entry is named by its ref alone. */
function oneTask(task: Task, guarded: Set<string>): Wording {
  const isOpenly = !task.raidItemId || !guarded.has(task.raidItemId)
  const { membershipId: actor } = Tenancy.current()
  const calling = isOpenly ? task.calling : task.ref
  return {
    path: `/projects/${task.projectId}/tasks/${task.id}`,
    title: actor ? `${mentionOf(actor)} assigned you ${calling}` : `You were assigned ${calling}`,
    detail: isOpenly ? moreOf(task) : null,
    key: `assignment:${task.id}:${task.lockVersion}`,
  }
}

/** A description says something unless it repeats the title, as in the task of a condition. */
function moreOf({ title, description }: Task) {
  return description && title.endsWith(description) ? null : description
}

/** By their refs alone, whatever they respond to. */
function severalTasks(tasks: Task[], { id, code }: Project): Wording {
  const { membershipId: actor } = Tenancy.current()
  const what = `${tasks.length} tasks in ${code}`
  const [{ id: first, lockVersion }] = tasks
  return {
    path: `/projects/${id}/tasks?assignee=me`,
    title: actor ? `${mentionOf(actor)} assigned you ${what}` : `You were assigned ${what}`,
    detail: tasks.map(({ ref }) => ref).join(', '),
    key: `assignments:${first}:${lockVersion}`,
  }
}
