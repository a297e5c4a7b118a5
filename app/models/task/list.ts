import { validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { cutPage, decodeCursor, type Cursor, type Page } from '#models/keyset'
import type Project from '#models/project'
import { isRealDay } from '#models/raid/real_day'
import type { TaskPriority } from '#models/task'
import type { TaskStatus } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One row of a list, as the database gives it. */
export type TaskRow = {
  id: string
  number: number
  title: string
  status: TaskStatus
  priority: TaskPriority
  assignee_id: string | null
  external_resource_id: string | null
  assignee_name: string | null
  due_on: string | null
  due: string
}

const PER_PAGE = 50
const NEVER = 'infinity'

/** One page of a project's tasks, whatever is due first at the top. */
export async function listTasks(
  viewer: Viewer,
  project: Project,
  position: { after: string | null; before: string | null }
): Promise<Page<TaskRow>> {
  const after = cursorIn(position.after)
  const before = after ? null : cursorIn(position.before)
  const conditions = ofProject(viewer, project)
  const cursor = after ?? before
  if (cursor)
    conditions.add(`(${DUE}, tasks.id) ${before ? '<' : '>'} (?::date, ?::uuid)`, ...cursor)
  const order = before ? 'desc' : 'asc'
  const rows = await readTasks(
    conditions,
    `${DUE} ${order}, tasks.id ${order} limit ?`,
    PER_PAGE + 1
  )
  return cutPage(rows, PER_PAGE, { after, before }, ({ due, id }) => [due, id])
}

/** The tasks that answer a RAID entry, in the order they were added. */
export function tasksAnswering(
  item: { id: string },
  viewer: Viewer,
  project: Project
): Promise<TaskRow[]> {
  const conditions = ofProject(viewer, project).add('tasks.raid_item_id = ?', item.id)
  return readTasks(conditions, 'tasks.id')
}

function ofProject(viewer: Viewer, project: Project) {
  const [visible, values] = visibleTasks(viewer, project)
  return new Conditions()
    .add('tasks.organisation_id = ?', Tenancy.current().organisationId)
    .add('tasks.project_id = ?', project.id)
    .add(visible, ...values)
}

function readTasks(conditions: Conditions, order: string, ...values: unknown[]) {
  return read<TaskRow>(
    Tenancy.current().trx,
    `select ${COLUMNS} from tasks where ${conditions.text} order by ${order}`,
    [...conditions.values, ...values]
  )
}

const DUE = `coalesce(tasks.due_on, 'infinity'::date)`

/** Looked up by sub-query, which PostgreSQL does for the rows of the page only. */
const ASSIGNEE = `coalesce(
  (select users.name from memberships join users on users.id = memberships.user_id
    where memberships.organisation_id = tasks.organisation_id and memberships.id = tasks.assignee_id),
  (select external_resources.name from external_resources
    where external_resources.organisation_id = tasks.organisation_id
      and external_resources.id = tasks.external_resource_id)) as assignee_name`

const COLUMNS = `tasks.id, tasks.number, tasks.title, tasks.status, tasks.priority, tasks.assignee_id,
  tasks.external_resource_id, tasks.due_on, (${DUE})::text as due, ${ASSIGNEE}`

/** A cursor typed by hand must not become a database error. */
function cursorIn(text: string | null): Cursor | null {
  const cursor = decodeCursor(text)
  if (!cursor || !isUuid(cursor[1])) return null
  return cursor[0] === NEVER || isRealDay(String(cursor[0])) ? cursor : null
}
