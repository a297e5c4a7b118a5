export const projectStatuses = {
  proposed: 'Proposed',
  active: 'Active',
  on_hold: 'On hold',
  closing: 'Closing',
  closed: 'Closed',
  cancelled: 'Cancelled',
} as const

export type ProjectStatus = keyof typeof projectStatuses

/** The statuses that may follow each one. Closed and cancelled projects can be reopened. */
const transitions: Record<ProjectStatus, ProjectStatus[]> = {
  proposed: ['active', 'cancelled'],
  active: ['on_hold', 'closing', 'cancelled'],
  on_hold: ['active', 'cancelled'],
  closing: ['closed', 'active'],
  closed: ['active'],
  cancelled: ['proposed'],
}

/** In these a project is over: it no longer counts and no one is reminded of it, but its records stay open. */
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

/** In these work continues: someone has to report on it, and a rejected gate did not stop it. */
export const AT_WORK = ['active', 'closing']

/** True when its work continues. */
export function isAtWork(status: string) {
  return AT_WORK.includes(status)
}

/** True of rows of `projects` whose work continues. */
export const IS_AT_WORK = `projects.status in (${AT_WORK.map((one) => `'${one}'`).join(', ')})`

/** Statuses in which a new project can start. */
export const FIRST_STATUSES: ProjectStatus[] = ['proposed', 'active']

/** The statuses that may follow. */
export function nextProjectStatuses(status: ProjectStatus) {
  return transitions[status]
}
