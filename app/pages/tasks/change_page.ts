import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { assigneeChoices } from '#models/task/assignees'
import { MOST, rowText } from '#models/task/bulk/row'
import { TaskList } from '#models/task/list'
import type { TaskRow } from '#models/task/list_row'
import { assigneeGroups } from '#pages/tasks/form_page'
import { taskRowState } from '#pages/tasks/row'

/** The tasks with these numbers that the viewer sees, one more than may be changed at once. */
export function chosenTasks(viewer: Viewer, project: Project, numbers: string[]) {
  const wanted = numbers.filter((number) => /^\d{1,8}$/.test(number)).map(Number)
  return TaskList.ofProject(viewer, project).numbered(wanted, MOST + 1)
}

/** The page on which many tasks are changed. */
export async function tasksChangeState(
  viewer: Viewer,
  project: Project,
  rows: TaskRow[],
  list: string
) {
  const outside = viewer.can('task.update', project)
  const tasks = rows.map((row) => taskRowState(row, project))
  return {
    tasks,
    list,
    heading: tasks.length === 1 ? 'Change 1 task' : `Change ${tasks.length} tasks`,
    rows: rows
      .map(({ number, lock_version: lockVersion }) => rowText({ number, lockVersion }))
      .join(' '),
    groups: assigneeGroups(await assigneeChoices(project, { outside })),
  }
}
