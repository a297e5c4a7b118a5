import type { Viewer } from '#identity/viewer'
import { latestChange } from '#models/latest_change'
import type Task from '#models/task'
import { idOf } from '#models/task/assignees'
import { taskFields } from '#models/task/fields'
import { taskFormValues } from '#pages/task_form_page'
import { twoVersions } from '#pages/two_versions'

/** What the page of two versions of one task shows. */
export async function taskConflictState(
  present: Task,
  mine: Partial<Task>,
  base: unknown,
  viewer: Viewer
) {
  const versions = {
    theirs: taskFormValues(present),
    mine: { ...mine, assignee: idOf(mine as Task) },
    base,
  }
  const change = await latestChange('task', present.id)
  return {
    task: present,
    changedBy: change.actorName,
    changedAt: change.occurredAt,
    ...(await twoVersions(taskFields, versions, viewer)),
  }
}
