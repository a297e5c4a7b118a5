import type Project from '#models/project'
import { taskRefIn } from '#models/task/refs'
import { carryingRef, matchText } from '#models/lists/text_search'
import type { Conditions, Condition } from '#tenancy/conditions'

/** Narrows to tasks that contain every word, each matched by its beginning, or that have the ref. */
export function matchTasks(conditions: Conditions, text: string, project: Project | null) {
  return matchText(conditions, text, {
    table: 'tasks',
    matches: 'task_matches',
    isSmall: project !== null,
    named: taskNamed(text) ?? undefined,
  })
}

/** True of the task that the text names by its ref; null when it names none. */
export function taskNamed(text: string): Condition | null {
  const ref = taskRefIn(text)
  return ref && carryingRef('tasks', ref)
}
