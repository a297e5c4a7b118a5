export const projectStatuses = {
  proposed: 'Proposed',
  active: 'Active',
  on_hold: 'On hold',
  closing: 'Closing',
  closed: 'Closed',
  cancelled: 'Cancelled',
} as const

export type ProjectStatus = keyof typeof projectStatuses

/** Where a project may go next. Closed and cancelled projects may be taken up again. */
const transitions: Record<ProjectStatus, ProjectStatus[]> = {
  proposed: ['active', 'cancelled'],
  active: ['on_hold', 'closing', 'cancelled'],
  on_hold: ['active', 'cancelled'],
  closing: ['closed', 'active'],
  closed: ['active'],
  cancelled: ['proposed'],
}

/** Where a project is over: it is no longer counted and reminded of, and its record stays open. */
const OVER: ProjectStatus[] = ['closed', 'cancelled']

/** True where it is over. */
export function isOver(status: ProjectStatus) {
  return OVER.includes(status)
}

const OVER_LIST = OVER.map((one) => `'${one}'`).join(', ')

/** True of rows of `projects` that are over. */
export const IS_OVER = `projects.status in (${OVER_LIST})`

/** True of rows of `projects` that are not. */
export const IS_NOT_OVER = `projects.status not in (${OVER_LIST})`

/** Where work goes on, so that somebody is to tell how, and what stops it is not heeded. */
export const AT_WORK = ['active', 'closing']

/** True where its work goes on. */
export function isAtWork(status: string) {
  return AT_WORK.includes(status)
}

/** True of rows of `projects` whose work goes on. */
export const IS_AT_WORK = `projects.status in (${AT_WORK.map((one) => `'${one}'`).join(', ')})`

/** Statuses in which a new project may begin. */
export const FIRST_STATUSES: ProjectStatus[] = ['proposed', 'active']

/** The statuses that may follow. */
export function nextProjectStatuses(status: ProjectStatus) {
  return transitions[status]
}
