import type { RaidType } from '#models/raid/enumerations'

/**
 * The statuses that may follow each one. `realised` is in no list: a risk is realised only together with the issue that
 * it became.
 */
const transitions: Record<RaidType, Record<string, string[]>> = {
  risk: {
    draft: ['open', 'rejected'],
    open: ['treating', 'monitoring', 'closed', 'rejected'],
    treating: ['monitoring', 'open', 'closed'],
    monitoring: ['treating', 'open', 'closed'],
    closed: ['open'],
    realised: [],
    rejected: ['draft', 'open'],
  },
  assumption: {
    unvalidated: ['validating', 'validated', 'invalidated', 'retired'],
    validating: ['validated', 'invalidated', 'unvalidated', 'retired'],
    validated: ['validating', 'invalidated', 'retired'],
    invalidated: ['validating'],
    retired: ['unvalidated'],
  },
  issue: {
    open: ['in_progress', 'on_hold', 'resolved', 'closed'],
    in_progress: ['on_hold', 'resolved', 'open'],
    on_hold: ['in_progress', 'open', 'closed'],
    resolved: ['closed', 'in_progress'],
    closed: ['open'],
  },
  dependency: {
    proposed: ['agreed', 'cancelled'],
    agreed: ['at_risk', 'met', 'missed', 'cancelled'],
    at_risk: ['agreed', 'met', 'missed', 'cancelled'],
    met: ['agreed'],
    missed: ['agreed', 'met', 'cancelled'],
    cancelled: ['proposed'],
  },
  decision: { proposed: ['decided', 'superseded'], decided: ['superseded'], superseded: [] },
}

const settled: Record<RaidType, string[]> = {
  risk: ['closed', 'realised', 'rejected'],
  assumption: ['validated', 'invalidated', 'retired'],
  issue: ['closed'],
  dependency: ['met', 'cancelled'],
  decision: ['decided', 'superseded'],
}

const initial: Record<RaidType, string> = {
  risk: 'open',
  assumption: 'unvalidated',
  issue: 'open',
  dependency: 'proposed',
  decision: 'proposed',
}

/** The statuses that may follow. */
export function nextStatuses(type: RaidType, status: string) {
  return transitions[type][status] ?? []
}

/** Statuses in which a new item can start. */
export function firstStatuses(type: RaidType) {
  return type === 'risk' ? ['draft', 'open'] : [initial[type]]
}

/** The initial status of entries of a type. */
export function initialStatus(type: RaidType) {
  return initial[type]
}

/** True when an item in this status needs nothing more. */
export function isSettled(type: RaidType, status: string) {
  return settled[type].includes(status)
}

/** The statuses in which an entry of a type needs nothing more. */
export function settledStatuses(type: RaidType) {
  return settled[type]
}

/** An SQL condition that is true of open entries. */
export const IS_OPEN = `not (${(Object.keys(settled) as RaidType[])
  .map((type) => `raid_items.type = '${type}' and raid_items.status in (${settledList(type)})`)
  .join(' or ')})`

/** The same for entries of one type, with a simpler comparison. */
export function isOpenOf(type: RaidType) {
  return `raid_items.type = '${type}' and raid_items.status not in (${settledList(type)})`
}

function settledList(type: RaidType) {
  return settled[type].map((status) => `'${status}'`)
}
