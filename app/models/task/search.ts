import type Project from '#models/project'
import { taskRefIn, type TaskRef } from '#models/task/refs'
import { inProjectCoded, matchText } from '#models/text_search'
import type { Conditions, Condition } from '#tenancy/conditions'

/** Narrows to tasks that hold every word, each by its beginning, or that carry the ref. */
export function matchTasks(conditions: Conditions, text: string, project: Project | null) {
  return matchText(conditions, text, {
    table: 'tasks',
    matches: 'task_matches',
    isSmall: project !== null,
    named: taskNamed(text) ?? undefined,
  })
}

/** True of the task that the text names by its ref; null where it names none. */
export function taskNamed(text: string): Condition | null {
  const ref = taskRefIn(text)
  return ref && carriesRef(ref)
}

function carriesRef({ code, number }: TaskRef): Condition {
  if (!code) return ['tasks.number = ?', [number]]
  return [`(tasks.number = ? and ${inProjectCoded('tasks')})`, [number, code]]
}
