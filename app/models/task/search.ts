import type Project from '#models/project'
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

export type TaskRef = { code: string | null; number: number }

/** What T12, T-12 or ATLAS-T12 names, in capitals or not; else null. */
export function taskRefIn(text: string): TaskRef | null {
  const match = /^(?:([A-Z][A-Z0-9]{1,9})-)?T-?(\d{1,8})$/.exec(text.trim().toUpperCase())
  return match && { code: match[1] ?? null, number: Number(match[2]) }
}
