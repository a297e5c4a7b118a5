import { counted, percent, ratingOf, type HealthRule } from '#models/health/rules/rule'

/** Of the open tasks, those blocked: one in ten, and one in four. */
const BLOCKED_SHARE = { amber: 0.1, red: 0.25 }

/** Below this many blocked tasks a share says little: it is amber at most. */
const BLOCKED_FLOOR = 3

/** Overdue work without an owner: one is worth acting on, five mean that there are too few people. */
const UNATTENDED = { amber: 1, red: 5 }

export const blockedTasks: HealthRule = {
  key: 'blocked_tasks',
  dimension: 'resources',
  label:
    `Blocked tasks as a share of the open ones: amber from ${percent(BLOCKED_SHARE.amber)}, red from ` +
    `${percent(BLOCKED_SHARE.red)} when they are ${BLOCKED_FLOOR} or more`,
  find({ tasks: { open, blocked }, projectId }) {
    if (open === 0) return null
    const share = blocked / open
    const found = ratingOf(share, BLOCKED_SHARE)
    const rating = found === 'red' && blocked < BLOCKED_FLOOR ? 'amber' : found
    const of = counted(open, 'open task', 'open tasks')
    const text =
      blocked === 0
        ? 'No open task is blocked.'
        : `${blocked} of ${of} ${blocked === 1 ? 'is' : 'are'} blocked (${percent(share)}).`
    return { rating, text, href: `/projects/${projectId}/tasks?status=blocked` }
  },
}

export const orphanedTasks: HealthRule = {
  key: 'orphaned_tasks',
  dimension: 'resources',
  label: `Overdue tasks of people who left: amber from ${UNATTENDED.amber}, red from ${UNATTENDED.red}`,
  find({ tasks: { orphaned }, projectId }) {
    if (orphaned === 0) return null
    const what = counted(orphaned, 'overdue task belongs', 'overdue tasks belong')
    return {
      rating: ratingOf(orphaned, UNATTENDED),
      text: `${what} to somebody who left.`,
      href: `/projects/${projectId}/tasks?due=overdue`,
    }
  },
}

export const unownedEntries: HealthRule = {
  key: 'unowned_entries',
  dimension: 'resources',
  label: `Overdue RAID entries without an owner: amber from ${UNATTENDED.amber}, red from ${UNATTENDED.red}`,
  find({ unowned, projectId }) {
    if (unowned === 0) return null
    const what = counted(unowned, 'overdue RAID entry has', 'overdue RAID entries have')
    return {
      rating: ratingOf(unowned, UNATTENDED),
      text: `${what} no owner.`,
      href: `/projects/${projectId}/raid?state=open&owner=none&overdue=1`,
    }
  },
}
