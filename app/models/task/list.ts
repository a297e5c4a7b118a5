import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { cutPage, readPosition, type Cursor, type Page, type Position } from '#models/keyset'
import type Project from '#models/project'
import { inVisibleProjects } from '#models/project/visibility'
import { seek, type SortKey } from '#models/seek'
import type { TaskPriority, TaskSource } from '#models/task/enumerations'
import {
  readTaskFilters,
  type dueWindows,
  type Sort,
  type TaskFilters,
} from '#models/task/list_filters'
import { matchTasks } from '#models/task/search'
import { taskStatuses, type TaskStatus } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

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
  created_by: string | null
  updated_at: Date
  sort_value: string
  [column: string]: unknown
}

const DUE = `coalesce(tasks.due_on, 'infinity'::date)`

/** Written out, not as values: the index of what is open serves only what is known to be open. */
const OPEN = `tasks.status in ('todo', 'in_progress', 'blocked')`

/** The expressions that lists sort by, each with its index, and the type its cursor is read as. */
const SORTS: Record<Sort, SortKey> = {
  ref: ['tasks.number', 'integer'],
  title: ['tasks.title', 'text'],
  status: ['tasks.status_rank', 'smallint'],
  priority: ['tasks.priority_rank', 'smallint'],
  due: [DUE, 'date'],
  updated: ['tasks.updated_at', 'timestamptz'],
}

/** Names are looked up by sub-query, which PostgreSQL does for the rows of the page only, and in their order. */
const COLUMNS = `tasks.id, tasks.project_id, tasks.number, tasks.title, tasks.status, tasks.priority,
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

const PROJECT = ['code', 'name'].map(
  (column) => `(select projects.${column} from projects
    where projects.organisation_id = tasks.organisation_id
      and projects.id = tasks.project_id) as project_${column}`
)

/** How many cards a column of the board shows. */
export const CARDS = 25

/** A list of tasks: of one project, or of every project that the viewer may see. */
export class TaskList {
  #more: string[] = []

  constructor(
    readonly viewer: Viewer,
    readonly filters: TaskFilters,
    readonly project: Project | null
  ) {}

  /** The tasks of a project that carry these numbers, in their order. */
  static async numbered(viewer: Viewer, project: Project, numbers: number[], most: number) {
    const list = new TaskList(viewer, readTaskFilters({ status: 'all' }), project)
    const conditions = list.#visible().add('tasks.number = any(?)', numbers)
    const text = `select ${list.#columns} from tasks where ${conditions.text} order by tasks.number limit ?`
    return list.#read(text, [...conditions.values, most])
  }

  /** The same with all that exports tell. */
  static async whole(viewer: Viewer, project: Project, numbers: number[]) {
    const list = new TaskList(viewer, readTaskFilters({ status: 'all' }), project).whole()
    const conditions = list.#visible().add('tasks.number = any(?)', numbers)
    const text = `select ${list.#columns} from tasks where ${conditions.text} order by tasks.number`
    return list.#read(text, conditions.values)
  }

  /** One page of rows, read without models. */
  async page(): Promise<Page<TaskRow>> {
    const position = readPosition(this.filters)
    const rows = await this.#sorted(position, this.filters.perPage + 1)
    return cutPage(rows, this.filters.perPage, position, (row) => this.#cursorOf(row))
  }

  /** The first cards of each status, one more than are shown: what is open by its day, the rest by its last change. */
  async board(): Promise<Map<TaskStatus, TaskRow[]>> {
    const conditions = await this.#conditions({ ...this.filters, status: 'all' })
    const columns = (Object.keys(taskStatuses) as TaskStatus[]).map((status) => {
      const isOpen = !['done', 'cancelled'].includes(status)
      const order = isOpen ? `${DUE}, tasks.number` : 'tasks.updated_at desc, tasks.number desc'
      return `(select ${this.#columns} from tasks
        where ${conditions.text} and tasks.status = '${status}' order by ${order} limit ${CARDS + 1})`
    })
    const rows = await this.#read(
      columns.join(' union all '),
      columns.flatMap(() => conditions.values)
    )
    return Map.groupBy(rows, ({ status }) => status)
  }

  /** The same list with what only exports tell. */
  whole() {
    this.#more = [
      'tasks.description',
      'tasks.parent_id',
      'tasks.raid_item_id',
      'tasks.created_at',
      `(select json_build_object('type', raid_items.type, 'number', raid_items.number) from raid_items
        where raid_items.organisation_id = tasks.organisation_id
          and raid_items.id = tasks.raid_item_id) as source`,
    ]
    return this
  }

  /** The next rows after a cursor, for exports that walk through the whole list. */
  async batch(after: Cursor | null, size: number) {
    const rows = await this.#sorted({ after, before: null }, size)
    return { rows, next: rows.length === size ? this.#cursorOf(rows[rows.length - 1]) : null }
  }

  /** How many tasks the project has in each status, whatever the filters, and whom they are given to. */
  async tally() {
    const { text, values } = this.#visible()
    const rows = await read<{
      status: TaskStatus
      assignee_id: string | null
      external_resource_id: string | null
      count: number
    }>(
      Tenancy.current().trx,
      `select status, assignee_id, external_resource_id, count(*)::integer as count
       from tasks where ${text} group by 1, 2, 3`,
      values
    )
    const counts = new Map<TaskStatus, number>()
    for (const { status, count } of rows) counts.set(status, (counts.get(status) ?? 0) + count)
    const assignees = rows.map((row) => ({
      assigneeId: row.assignee_id,
      externalResourceId: row.external_resource_id,
    }))
    return { counts, assignees }
  }

  async #sorted(position: Position, limit: number) {
    const conditions = await this.#conditions(this.filters)
    const key = SORTS[this.#sort]
    const order = seek(conditions, key, this.#tie, this.filters.direction, position)
    return this.#read(
      `select ${this.#columns}, (${key[0]})::text as sort_value from tasks
       where ${conditions.text} order by ${order} limit ?`,
      [...conditions.values, limit]
    )
  }

  async #read(text: string, values: unknown[]) {
    const rows = await read<TaskRow>(Tenancy.current().trx, text, values)
    const { project } = this
    if (project) {
      for (const row of rows)
        Object.assign(row, { project_code: project.code, project_name: project.name })
    }
    return rows
  }

  get #columns() {
    return [COLUMNS, ...this.#more, ...(this.project ? [] : PROJECT)].join(', ')
  }

  #visible() {
    const { project, viewer } = this
    const conditions = new Conditions()
    conditions.add('tasks.organisation_id = ?', Tenancy.current().organisationId)
    if (project) conditions.add('tasks.project_id = ?', project.id)
    conditions.meet(project ? null : inVisibleProjects(viewer, 'tasks'))
    return conditions.meet(visibleTasks(viewer, project ?? undefined))
  }

  async #conditions(filters: TaskFilters) {
    const conditions = this.#visible()
    const { viewer } = this
    if (!filters.status) conditions.add(OPEN)
    else if (filters.status === 'settled') conditions.add(`not (${OPEN})`)
    else if (filters.status !== 'all') conditions.add('tasks.status = ?', filters.status)
    if (filters.assignee === 'me') conditions.add('tasks.assignee_id = ?', viewer.membershipId)
    else if (filters.assignee)
      conditions.add(
        '(tasks.assignee_id = ? or tasks.external_resource_id = ?)',
        filters.assignee,
        filters.assignee
      )
    if (filters.due) conditions.add(...dueWithin(filters.due))
    if (filters.priority) conditions.add('tasks.priority = ?', filters.priority)
    if (filters.source) conditions.add('tasks.source_kind = ?', filters.source)
    if (filters.raidItem) conditions.add('tasks.raid_item_id = ?', filters.raidItem)
    if (filters.parent) conditions.add('tasks.parent_id = ?', filters.parent)
    if (filters.project) conditions.add('tasks.project_id = ?', filters.project)
    if (filters.import) conditions.add('tasks.import_id = ?', filters.import)
    if (filters.q) await matchTasks(conditions, filters.q, this.project)
    return conditions
  }

  /** Numbers mean nothing across projects. */
  get #sort() {
    return !this.project && this.filters.sort === 'ref' ? 'due' : this.filters.sort
  }

  /** Numbers are unique within a project only; across projects the id breaks ties. */
  get #tie() {
    return this.project
      ? ({ column: 'tasks.number', type: 'integer' } as const)
      : ({ column: 'tasks.id', type: 'uuid' } as const)
  }

  #cursorOf(row: TaskRow): Cursor {
    return [row.sort_value, this.project ? row.number : row.id]
  }
}

function dueWithin(window: keyof typeof dueWindows): [text: string, ...values: unknown[]] {
  if (window === 'none') return ['tasks.due_on is null']
  if (window === 'overdue') return [`(tasks.due_on < ? and ${OPEN})`, today()]
  const days = window === 'week' ? 7 : 30
  return ['tasks.due_on between ? and ?::date + ?::integer', today(), today(), days]
}
