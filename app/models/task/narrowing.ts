import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import type Project from '#models/project'
import type { dueWindows, TaskFilters } from '#models/task/list_filters'
import { matchTasks } from '#models/task/search'
import { IS_OPEN_TASK } from '#models/task/states'
import type { Condition, Conditions } from '#tenancy/conditions'

type Place = { viewer: Viewer; project: Project | null }

/** Narrows a list of tasks to what matches its filters. */
export async function narrow(
  conditions: Conditions,
  filters: TaskFilters,
  { viewer, project }: Place
) {
  if (!filters.status) conditions.add(IS_OPEN_TASK)
  else if (filters.status === 'settled') conditions.add(`not (${IS_OPEN_TASK})`)
  else if (filters.status !== 'all') conditions.add('tasks.status = ?', filters.status)
  if (filters.assignee === 'me') conditions.add('tasks.assignee_id = ?', viewer.membershipId)
  else if (filters.assignee) conditions.meet(givenTo(filters.assignee))
  if (filters.due) conditions.meet(dueWithin(filters.due))
  if (filters.priority) conditions.add('tasks.priority = ?', filters.priority)
  if (filters.source) conditions.add('tasks.source_kind = ?', filters.source)
  if (filters.raidItem) conditions.add('tasks.raid_item_id = ?', filters.raidItem)
  if (filters.parent) conditions.add('tasks.parent_id = ?', filters.parent)
  if (filters.project) conditions.add('tasks.project_id = ?', filters.project)
  if (filters.import) conditions.add('tasks.import_id = ?', filters.import)
  if (filters.since) conditions.add('tasks.updated_at >= ?', filters.since)
  if (filters.q) await matchTasks(conditions, filters.q, project)
  return conditions
}

function givenTo(id: string): Condition {
  return ['(tasks.assignee_id = ? or tasks.external_resource_id = ?)', [id, id]]
}

function dueWithin(window: keyof typeof dueWindows): Condition {
  if (window === 'none') return ['tasks.due_on is null', []]
  if (window === 'overdue') return [`(tasks.due_on < ? and ${IS_OPEN_TASK})`, [today()]]
  const days = window === 'week' ? 7 : 30
  return ['tasks.due_on between ? and ?::date + ?::integer', [today(), today(), days]]
}
