import type Task from '#models/task'
import { idOf } from '#models/task/assignees'
import { taskFields } from '#models/task/fields'
import type { Comparison } from '#pages/comparison'
import { taskFormValues } from '#pages/tasks/form_page'

/** A task that two people edited. */
export function taskComparison(present: Task, mine: Partial<Task>): Comparison {
  const { ref } = present
  const list = `/projects/${present.projectId}/tasks`
  const page = `${list}/${present.id}`
  return {
    label: ref,
    eyebrow: ref,
    type: 'task',
    action: page,
    back: page,
    crumbs: [
      { href: list, label: 'Tasks' },
      { href: page, label: ref },
    ],
    current: 'project.tasks',
    fields: taskFields,
    present,
    mine: { ...mine, assignee: idOf(mine as Task) },
    theirs: taskFormValues(present),
  }
}
