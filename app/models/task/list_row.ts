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

/** Names are looked up by sub-query, which PostgreSQL evaluates only for the rows of the page, and in their order. */
export const COLUMNS = `tasks.id, tasks.project_id, tasks.number, tasks.title, tasks.status, tasks.priority,
  tasks.assignee_id, tasks.external_resource_id, tasks.assignee_label, tasks.start_on, tasks.due_on,
  tasks.completed_on, tasks.blocked_reason, tasks.source_kind, tasks.lock_version, tasks.created_by,
  tasks.updated_at,
  (select parents.number from tasks parents
    where parents.organisation_id = tasks.organisation_id and parents.id = tasks.parent_id) as parent_number,
  (select json_build_object('done', count(*) filter (where parts.status = 'done'), 'of', count(*))
    from tasks parts where parts.organisation_id = tasks.organisation_id and parts.parent_id = tasks.id
      and parts.status <> 'cancelled') as parts,
  coalesce(
    (select users.name from memberships join users on users.id = memberships.user_id
      where memberships.organisation_id = tasks.organisation_id and memberships.id = tasks.assignee_id),
    (select external_resources.name from external_resources
      where external_resources.organisation_id = tasks.organisation_id
        and external_resources.id = tasks.external_resource_id)) as assignee_name`

/** The project of each row, when there are several. */
export const PROJECT = ['code', 'name'].map(
  (column) => `(select projects.${column} from projects
    where projects.organisation_id = tasks.organisation_id
      and projects.id = tasks.project_id) as project_${column}`
)

/** What only exports contain. */
export const EXPORTED = [
  'tasks.description',
  'tasks.parent_id',
  'tasks.raid_item_id',
  'tasks.created_at',
  `(select programmes.code from projects
    join programmes on programmes.organisation_id = projects.organisation_id
      and programmes.id = projects.programme_id
    where projects.organisation_id = tasks.organisation_id
      and projects.id = tasks.project_id) as programme_code`,
]
