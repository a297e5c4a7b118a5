import { listSheet, type Line } from '#imports/xml/list_sheet'
import type { Element } from '#imports/xml/tree'
import type { Workbook } from '#imports/workbook/workbook'

/** Microsoft Project's names for the ways in which one task waits for another, by number. */
const LINKS = ['FF', 'FS', 'SF', 'SS']

/** Lags are tenths of a minute; a working day has eight hours. `LagFormat` 19 and 20 are percent. */
const PER_DAY = 4800
const PERCENT = new Set(['19', '20', '51', '52'])

/** No one changes 500, which tasks have by default. */
const USUAL_PRIORITY = 500

/**
 * A plan as Microsoft Project saves it in XML: tasks with outline, dates, progress, predecessors and the names of their
 * resources. Follows the schema at schemas.microsoft.com/project (mspdi).
 */
export function readProjectPlan(root: Element, fileName: string): Workbook {
  const tasks = (root.child('Tasks')?.all('Task') ?? []).filter((task) => !isTrue(task, 'IsNull'))
  const ids = new Map(tasks.map((task) => [task.of('UID'), task.of('ID') || task.of('UID')]))
  const resources = resourcesByTask(root)
  const planned = tasks.filter((task) => task.of('UID') !== '0')
  const lines = planned.map((task) => lineOf(task, ids, resources.get(task.of('UID')) ?? []))
  return {
    fileName,
    format: 'xml',
    sheets: [listSheet('Tasks', lines)],
    warnings: warningsFor(tasks.length - planned.length, root),
  }
}

function lineOf(task: Element, ids: Map<string, string>, resources: string[]): Line {
  const [code, outline] = [task.of('WBS'), task.of('OutlineNumber')]
  const [finish, deadline] = [day(task.of('Finish')), day(task.of('Deadline'))]
  return {
    level: Math.max(0, Number(task.of('OutlineLevel') || 1) - 1),
    values: {
      'ID': task.of('ID') || task.of('UID'),
      'Task Name': task.of('Name'),
      'Start': day(task.of('Start')),
      'Finish': deadline ?? finish,
      'Scheduled end': deadline && finish,
      '% Complete': percent(task.of('PercentComplete')),
      'Completed on': day(task.of('ActualFinish')),
      'Predecessors': task
        .all('PredecessorLink')
        .map((link) => linkOf(link, ids))
        .join('; '),
      'Resource Names': resources.join(', '),
      'Priority': priority(task.of('Priority')),
      'Milestone': isTrue(task, 'Milestone') ? 'Yes' : undefined,
      'WBS code': code === outline ? undefined : code,
      'Description': task.of('Notes'),
    },
  }
}

/** Such as `12SS+3d`: the task by its number, how it waits if not for the end, and the lag. */
function linkOf(link: Element, ids: Map<string, string>) {
  const uid = link.of('PredecessorUID')
  const kind = LINKS[Number(link.of('Type') || 1)] ?? 'FS'
  const lag = Number(link.of('LinkLag')) || 0
  const size = PERCENT.has(link.of('LagFormat'))
    ? `${Math.abs(lag)}%`
    : `${Math.round((Math.abs(lag) / PER_DAY) * 100) / 100}d`
  const shown = lag === 0 ? '' : `${lag < 0 ? '-' : '+'}${size}`
  return `${ids.get(uid) ?? uid}${kind === 'FS' && !shown ? '' : kind}${shown}`
}

/** The names of the people and things that work on each task. */
function resourcesByTask(root: Element) {
  const resources = root.child('Resources')?.all('Resource') ?? []
  const names = new Map(resources.map((resource) => [resource.of('UID'), resource.of('Name')]))
  const found = new Map<string, string[]>()
  for (const assignment of root.child('Assignments')?.all('Assignment') ?? []) {
    const name = names.get(assignment.of('ResourceUID'))
    if (!name) continue
    const task = assignment.of('TaskUID')
    found.set(task, [...new Set([...(found.get(task) ?? []), name])])
  }
  return found
}

function warningsFor(summaries: number, root: Element) {
  const title = root.of('Title') || root.of('Name')
  return [
    ...(summaries > 0
      ? [`The plan’s own summary row${title && ` “${title}”`} is not a task.`]
      : []),
    'Calendars, costs, work and baselines of the plan are not imported.',
  ]
}

function priority(text: string) {
  const value = Number(text)
  if (text === '' || !Number.isFinite(value) || value === USUAL_PRIORITY) return undefined
  return value > USUAL_PRIORITY ? 'High' : 'Low'
}

function percent(text: string) {
  return text && `${text}%`
}

/** Dates are written as moments without a zone; dates never set are before 1985. */
function day(text: string) {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? ''
  return date > '1984-12-31' ? date : undefined
}

function isTrue(element: Element, name: string) {
  return /^(1|true)$/.test(element.of(name))
}
