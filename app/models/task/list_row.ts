import { externalName, memberName } from '#models/membership/looked_up'
import { programmeOf } from '#models/project/looked_up'
import type { TaskPriority, TaskSource } from '#models/task/enumerations'
import type { Places } from '#models/task/places'
import type { TaskStatus } from '#models/task/states'

/** One row of a list, as the database gives it. */
export type TaskRow = {
  id: string
  project_id: string
  project_code: string
  project_name: string
  number: number
  title: string
  status: TaskStatus
  priority: TaskPriority
  assignee_id: string | null
  external_resource_id: string | null
  assignee_name: string | null
  assignee_label: string | null
  start_on: string | null
  due_on: string | null
  completed_on: string | null
  blocked_reason: string | null
  source_kind: TaskSource
  parent_number: number | null
  /** How many of its subtasks are done, of those that were not cancelled. */
  parts: { done: number; of: number }
  lock_version: number
  /** Present when export columns are asked for. */
  raid_item_id?: string | null
  /** Its parent and predecessors, when asked for. */
  places?: Places
  /** The ref of the RAID entry that it responds to, when asked for. */
  sourceRef?: string
  created_by: string | null
  updated_at: Date
  sort_value: string
  [column: string]: unknown
}

/** What a page shows. */
export const COLUMNS = `tasks.id, tasks.project_id, tasks.number, tasks.title, tasks.status, tasks.priority,
  tasks.assignee_id, tasks.external_resource_id, tasks.assignee_label, tasks.start_on, tasks.due_on,
  tasks.completed_on, tasks.blocked_reason, tasks.source_kind, tasks.lock_version, tasks.created_by,
  tasks.updated_at,
  (select parents.number from tasks parents
    where parents.organisation_id = tasks.organisation_id and parents.id = tasks.parent_id) as parent_number,
  (select json_build_object('done', count(*) filter (where parts.status = 'done'), 'of', count(*))
    from tasks parts where parts.organisation_id = tasks.organisation_id and parts.parent_id = tasks.id
      and parts.status <> 'cancelled') as parts,
  coalesce(${memberName('tasks', 'assignee_id')}, ${externalName('tasks', 'external_resource_id')})
    as assignee_name`

/** What only exports contain. */
export const EXPORTED = [
  'tasks.description',
  'tasks.parent_id',
  'tasks.raid_item_id',
  'tasks.created_at',
  programmeOf('tasks'),
]
