import { validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import Membership, { type PersonName } from '#models/membership'
import { byName } from '#models/text/names'
import type Project from '#models/project'
import { assigneeChoices, assigneeNames, idOf, type Assignee } from '#models/task/assignees'
import { taskPriorities, taskSources } from '#models/task/enumerations'
import { TaskList } from '#models/task/list'
import * as filtering from '#models/task/list_filters'
import type { Sort, TaskFilters } from '#models/task/list_filters'
import type { TaskRow } from '#models/task/list_row'
import { isTaskSettled, nextTaskStatuses, taskStatuses } from '#models/task/states'
import { chips, exportsOf, headings, neighbours, withChosen, type Column } from '#pages/list_parts'
import { boardState } from '#pages/tasks/board'
import { assigneeGroups } from '#pages/tasks/form_page'
import { taskRowState } from '#pages/tasks/row'
import { mayChangeTaskRow } from '#policies/task_policy'
import { moment } from '#registries/formats'
import * as terms from '#registries/terms'

type Link = (changes?: Partial<TaskFilters>) => string

/** Everything on a page of tasks, for one project or all visible ones. */
export async function taskListState(viewer: Viewer, asked: TaskFilters, project: Project | null) {
  const filters = shownFilters(asked, project)
  const list = new TaskList(viewer, filters, project)
  const tally = project && (await list.tally())
  const people = tally ? await namesOf(tally.assignees) : await Membership.choices()
  const path = project ? `/projects/${project.id}/tasks` : '/tasks'
  const link: Link = (changes) => path + filtering.taskQuery(filters, changes)
  const used = await applied(filters, link)

  return {
    view: filters.view,
    caption: project ? `Tasks of ${project.code}` : 'Tasks of your projects',
    base: path,
    action: path,
    clear: filters.view === 'board' ? `${path}?view=board` : path,
    exports: exportsOf(path, filtering.taskQuery(filters, { view: 'list' })),
    keep: unasked(filters),
    filters,
    applied: used,
    isFiltered: filtering.isNarrowed(filters),
    tabs: project ? tabs(filters, (changes) => path + filtering.taskQuery(asked, changes)) : null,
    selects: withChosen(selects(filters, people), filters, used),
    checks: [],
    ...(filters.view === 'board'
      ? { board: await boardState(list, viewer, project!, link), isEmpty: isWithout(tally) }
      : await pageState(list, tally, link)),
  }
}

/** Across projects there is no board, and a board shows every status in a column of its own. */
function shownFilters(asked: TaskFilters, project: Project | null): TaskFilters {
  if (!project) return { ...asked, view: 'list' }
  return asked.view === 'board' ? { ...asked, status: null } : asked
}

async function pageState(list: TaskList, tally: Tally, link: Link) {
  const page = await list.page()
  const { filters } = list
  const here = link({ after: filters.after, before: filters.before })
  return {
    isEmpty: tally ? isWithout(tally) : page.rows.length === 0 && (await list.isEmpty()),
    tasks: page.rows.map((row) => listedState(row, list)),
    ...(await editingState(list, page.rows)),
    here,
    editHref: withParameter(here, 'edit='),
    pick: pickState(list, here),
    columns: headings(list.project ? COLUMNS : ACROSS, list.filters, link),
    summary: summary(page.rows.length, tally, list.filters),
    ...neighbours(page, link),
  }
}

const COLUMNS: Column<Sort>[] = [
  ['Ref', 'ref'],
  ['Task', 'title'],
  ['Status', 'status'],
  ['Assignee'],
  ['Priority', 'priority', 'desc'],
  ['Due', 'due'],
]

/** Numbers mean nothing across projects. */
const ACROSS: Column<Sort>[] = [['Ref'], ...COLUMNS.slice(1)]

/** Rows of one project's list can be selected and edited in the list by people who may change them. */
function listedState(row: TaskRow, { project, viewer }: TaskList) {
  const canEdit = project !== null && mayChangeTaskRow(viewer, project, row)
  const transitions = canEdit ? nextTaskStatuses(row.status) : []
  return { ...taskRowState(row, project), canEdit, transitions }
}

/** The people in the form of the one row being edited. */
async function editingState({ filters, project, viewer }: TaskList, rows: TaskRow[]) {
  const row = project && rows.find(({ id }) => id === filters.edit)
  if (!row || !mayChangeTaskRow(viewer, project, row)) return { editing: null, groups: [] }
  const outside = viewer.can('task.update', project)
  const kept = { assigneeId: row.assignee_id, externalResourceId: row.external_resource_id }
  return {
    editing: row.id,
    groups: assigneeGroups(await assigneeChoices(project, { outside, kept })),
  }
}

/** How rows are selected to be changed together; null for people who may not change any. */
function pickState({ filters, project, viewer }: TaskList, here: string) {
  if (!project || !viewer.can('task.update.own', project)) return null
  return {
    action: `/projects/${project.id}/tasks/changes/create`,
    isAll: filters.picked,
    href: filters.picked ? here : withParameter(here, 'select=page'),
  }
}

function withParameter(path: string, parameter: string) {
  return `${path}${path.includes('?') ? '&' : '?'}${parameter}`
}

type Tally = Awaited<ReturnType<TaskList['tally']>> | null

function isWithout(tally: Tally) {
  return tally !== null && tally.counts.size === 0
}

function summary(shown: number, tally: Tally, filters: TaskFilters) {
  if (!tally) return `${shown} shown`
  const counts = [...tally.counts]
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  if (shown === all) return `${all} in all`
  if (filtering.isNarrowed(filters)) return `${shown} shown, of ${all} in all`
  const open = counts.reduce((sum, [key, count]) => sum + (isTaskSettled(key) ? 0 : count), 0)
  return shown < open ? `${shown} of ${open} open` : `${open} open, of ${all} in all`
}

async function namesOf(assignees: Assignee[]): Promise<PersonName[]> {
  const names = await assigneeNames(assignees)
  const ids = new Set(assignees.map((assignee) => idOf(assignee)!))
  return byName([...ids].map((id) => ({ id, name: names.get(id) ?? 'A former member' })))
}

/** Parts that the filter form does not show but must keep: the view, the sort, an entry, an import. */
function unasked(filters: TaskFilters) {
  const kept = new URLSearchParams(filtering.taskQuery(filters))
  for (const name of ['q', 'status', 'assignee', 'due', 'priority', 'source']) kept.delete(name)
  return Object.fromEntries(kept)
}

function tabs(filters: TaskFilters, link: Link) {
  return [
    { label: 'List', view: 'list', icon: 'log' },
    { label: 'Board', view: 'board', icon: 'board' },
  ].map(({ label, view, icon }) => ({
    label,
    icon,
    href: link({ view: view as TaskFilters['view'] }),
    current: view === filters.view,
  }))
}

const statusChoices = { ...filtering.statusGroups, ...taskStatuses }

function selects({ view }: TaskFilters, people: PersonName[]) {
  const persons = people.map(({ id, name }) => ({ value: id, label: name }))
  const choice = (name: string, label: string, any: string, options: object) => ({
    name,
    label,
    any,
    options: Array.isArray(options) ? options : terms.options(options as Record<string, string>),
  })
  return [
    ...(view === 'board' ? [] : [choice('status', 'Status', 'Open', statusChoices)]),
    choice('assignee', 'Assignee', 'Anyone', [{ value: 'me', label: 'Me' }, ...persons]),
    choice('due', 'Due', 'Any time', filtering.dueWindows),
    choice('priority', 'Priority', 'Any priority', taskPriorities),
    choice('source', 'Follows from', 'Anything', taskSources),
  ]
}

async function applied(filters: TaskFilters, link: Link) {
  const { assignee, due, priority, source, status } = filters
  const label = (of: Record<string, string>, key: string | null) => of[key ?? '']
  return chips<Partial<TaskFilters>>(
    [
      [filters.q, `Search: ${filters.q}`, { q: null }],
      [status, `Status: ${label(statusChoices, status)?.toLowerCase()}`, { status: null }],
      [assignee, `Assignee: ${await personLabel(assignee)}`, { assignee: null }],
      [due, `Due: ${label(filtering.dueWindows, due)?.toLowerCase()}`, { due: null }],
      [priority, `Priority: ${label(taskPriorities, priority)}`, { priority: null }],
      [source, `Follows from: ${label(taskSources, source)}`, { source: null }],
      [filters.raidItem, 'Actions for one RAID entry', { raidItem: null }],
      [filters.parent, 'Subtasks of one task', { parent: null }],
      [filters.import, 'From one import', { import: null }],
      [filters.since, `Changed since: ${filters.since && moment(filters.since)}`, { since: null }],
    ],
    link
  )
}

async function personLabel(assignee: string | null) {
  if (!isUuid(assignee)) return assignee
  const both = { assigneeId: assignee, externalResourceId: assignee } as Assignee
  return (await assigneeNames([both])).get(assignee as string) ?? 'a former member'
}
