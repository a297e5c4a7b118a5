import type { Viewer } from '#identity/viewer'
import { readBatch, readPage, type Cursor, type Position } from '#models/lists/keyset'
import { inDictionary } from '#models/text/names'
import type Project from '#models/project'
import { projectOf } from '#models/project/looked_up'
import { inVisibleProjects } from '#models/project/visibility'
import { cursorsOf, readSorted, seek, type SortKey } from '#models/lists/seek'
import { readTaskFilters, type Sort, type TaskFilters } from '#models/task/list_filters'
import { COLUMNS, EXPORTED, type TaskRow } from '#models/task/list_row'
import { narrow } from '#models/task/narrowing'
import { isTaskSettled, taskStatuses, type TaskStatus } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const DUE = `coalesce(tasks.due_on, 'infinity'::date)`

/** The expressions that lists sort by, each with an index, and the type that its cursor is read as. */
const SORTS: Record<Sort, SortKey> = {
  ref: ['tasks.number', 'integer'],
  title: [inDictionary('tasks.title'), 'text'],
  status: ['tasks.status_rank', 'smallint'],
  priority: ['tasks.priority_rank', 'smallint'],
  due: [DUE, 'date', 'blanks_last'],
  updated: ['tasks.updated_at', 'timestamptz'],
}

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

  /** All tasks of a project, open or not. */
  static ofProject(viewer: Viewer, project: Project) {
    return new TaskList(viewer, readTaskFilters({ status: 'all' }), project)
  }

  /** The same list with what only exports contain. */
  whole() {
    this.#more = EXPORTED
    return this
  }

  /** Those with these numbers, in order, whatever the filters. */
  async numbered(numbers: number[], most: number | null = null) {
    const { text, values } = this.#visible().add('tasks.number = any(?)', numbers)
    return this.#read(
      `select ${this.#columns} from tasks where ${text} order by tasks.number limit ?`,
      [...values, most]
    )
  }

  /** Whether there is no task at all that the viewer may see, whatever the filters. */
  async isEmpty() {
    const { text, values } = this.#visible()
    const found = `select from tasks where ${text} limit 1`
    return (await read(Tenancy.current().trx, found, values)).length === 0
  }

  /** One page of rows, read without models. */
  page() {
    const decode = cursorsOf(SORTS[this.#sort], this.#tie)
    return readPage({ ...this.filters, decode }, ...this.#reading)
  }

  /** The first cards of each status, one more than are shown: open ones by due date, the rest by last change. */
  async board(): Promise<Map<TaskStatus, TaskRow[]>> {
    const conditions = await this.#narrowed({ ...this.filters, status: 'all' })
    const columns = (Object.keys(taskStatuses) as TaskStatus[]).map((status) => {
      const isSettled = isTaskSettled(status)
      const order = isSettled ? 'tasks.updated_at desc, tasks.number desc' : `${DUE}, tasks.number`
      return `(select ${this.#columns} from tasks
        where ${conditions.text} and tasks.status = '${status}' order by ${order} limit ${CARDS + 1})`
    })
    const rows = await this.#read(
      columns.join(' union all '),
      columns.flatMap(() => conditions.values)
    )
    return Map.groupBy(rows, ({ status }) => status)
  }

  /** The next rows after a cursor, for exports that walk through the whole list. */
  batch(after: Cursor | null, size: number) {
    return readBatch(after, size, ...this.#reading)
  }

  /** How many tasks the project has in each status, whatever the filters, and whom they are assigned to. */
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

  get #reading() {
    return [
      (position: Position, limit: number) => this.#sorted(position, limit),
      (row: TaskRow) => this.#cursorOf(row),
    ] as const
  }

  async #sorted(position: Position, limit: number) {
    const narrowed = await this.#narrowed(this.filters)
    const { direction } = this.filters
    const key = SORTS[this.#sort]
    return readSorted({ key, direction }, position, limit, (from, most, part) => {
      const conditions = narrowed.also(part)
      const order = seek(conditions, key, this.#tie, direction, from)
      return this.#read(
        `select ${this.#columns}, (${key[0]})::text as sort_value from tasks
         where ${conditions.text} order by ${order} limit ?`,
        [...conditions.values, most]
      )
    })
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
    return [COLUMNS, ...this.#more, ...(this.project ? [] : projectOf('tasks'))].join(', ')
  }

  #visible() {
    const { project, viewer } = this
    const conditions = new Conditions()
    conditions.add('tasks.organisation_id = ?', Tenancy.current().organisationId)
    if (project) conditions.add('tasks.project_id = ?', project.id)
    conditions.meet(project ? null : inVisibleProjects(viewer, 'tasks'))
    return conditions.meet(visibleTasks(viewer, project ?? undefined))
  }

  #narrowed(filters: TaskFilters) {
    return narrow(this.#visible(), filters, { viewer: this.viewer, project: this.project })
  }

  /** Numbers mean nothing across projects. */
  get #sort() {
    return !this.project && this.filters.sort === 'ref' ? 'due' : this.filters.sort
  }

  /** Numbers are unique only within a project; across projects the id breaks ties. */
  get #tie() {
    return this.project
      ? ({ column: 'tasks.number', type: 'integer' } as const)
      : ({ column: 'tasks.id', type: 'uuid' } as const)
  }

  #cursorOf(row: TaskRow): Cursor {
    return [row.sort_value, this.project ? row.number : row.id]
  }
}
