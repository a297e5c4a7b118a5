import { QueryString, tellPage } from '#models/lists/query_string'
import {
  taskPriorities,
  type TaskPriority,
  taskSources,
  type TaskSource,
} from '#models/task/enumerations'
import { taskStatuses, type TaskStatus } from '#models/task/states'

export const sorts = ['ref', 'title', 'status', 'priority', 'due', 'updated'] as const
export type Sort = (typeof sorts)[number]

/** When a task is due, relative to today. */
export const dueWindows = {
  overdue: 'Overdue',
  week: 'In the next 7 days',
  month: 'In the next 30 days',
  none: 'No date',
} as const

/** What a list may show other than one status. */
export const statusGroups = { settled: 'Done or cancelled', all: 'Open or not' } as const

/** What a list of tasks shows: all of it is in the URL. */
export type TaskFilters = {
  view: 'list' | 'board'
  q: string | null
  /** One status, or several under a common name; open ones by default. */
  status: TaskStatus | keyof typeof statusGroups | null
  /** `me`, or the id of a member or of someone outside. */
  assignee: string | null
  due: keyof typeof dueWindows | null
  priority: TaskPriority | null
  source: TaskSource | null
  /** The RAID entry that the tasks respond to. */
  raidItem: string | null
  /** The task whose parts they are. */
  parent: string | null
  project: string | null
  import: string | null
  /** Changed at that time or later. */
  since: string | null
  /** The row that is being edited in the list. */
  edit: string | null
  /** Whether every row of the page is selected. */
  picked: boolean
  sort: Sort
  direction: 'asc' | 'desc'
  after: string | null
  before: string | null
  perPage: number
}

/** Reads the filters of a query string, ignoring unknown ones, so that no URL is an error. */
export function readTaskFilters(query: Record<string, unknown>): TaskFilters {
  const given = new QueryString(query)
  return {
    view: given.oneOf('view', ['list', 'board']) ?? 'list',
    q: given.search,
    status: given.keyOf('status', { ...taskStatuses, ...statusGroups }),
    assignee: given.id('assignee', 'me'),
    due: given.keyOf('due', dueWindows),
    priority: given.keyOf('priority', taskPriorities),
    source: given.keyOf('source', taskSources),
    raidItem: given.id('raid_item_id'),
    parent: given.id('parent'),
    project: given.id('project'),
    import: given.id('import'),
    since: given.moment('since'),
    edit: given.id('edit'),
    picked: given.text('select') === 'page',
    sort: given.oneOf('sort', sorts) ?? 'due',
    direction: given.oneOf('direction', ['asc', 'desc']) ?? 'asc',
    ...given.place,
    perPage: given.perPage,
  }
}

/** The filters by the name that each has in a URL. */
const NARROWING = {
  q: 'q',
  status: 'status',
  assignee: 'assignee',
  due: 'due',
  priority: 'priority',
  source: 'source',
  raidItem: 'raid_item_id',
  parent: 'parent',
  project: 'project',
  import: 'import',
  since: 'since',
} as const satisfies Partial<Record<keyof TaskFilters, string>>

/** True when a filter was chosen. */
export function isNarrowed(filters: TaskFilters) {
  return Object.keys(NARROWING).some((name) => filters[name as keyof typeof NARROWING])
}

/** The query string of a list like `filters` with some parts changed; it always begins at the first page. */
export function taskQuery(filters: TaskFilters, changes: Partial<TaskFilters> = {}) {
  const wanted = { ...filters, after: null, before: null, ...changes }
  const query = new URLSearchParams()
  if (wanted.view === 'board') query.set('view', 'board')
  for (const [name, inUrl] of Object.entries(NARROWING)) {
    const value = wanted[name as keyof typeof NARROWING]
    if (value) query.set(inUrl, value)
  }
  if (wanted.sort !== 'due' || wanted.direction !== 'asc') {
    query.set('sort', wanted.sort)
    query.set('direction', wanted.direction)
  }
  tellPage(query, wanted)
  return query.size > 0 ? `?${query}` : ''
}
