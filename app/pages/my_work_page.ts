import { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import type { Days, WorkItem } from '#models/my_work/item'
import { workSources } from '#models/my_work/sources'
import { readersZone } from '#models/time_zone'
import { mentionState } from '#pages/inbox_page'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** Everything that the page of one's own work shows. */
export async function myWorkState(viewer: Viewer, now: DateTime = DateTime.utc()) {
  const days = daysOf(now.setZone(readersZone()))
  const items: WorkItem[] = []
  const unlisted: string[] = []
  for (const [name, source] of Object.entries(workSources)) {
    const load = await source(viewer, days)
    items.push(...load.items)
    const rest = load.total - load.items.length
    if (rest > 0) unlisted.push(`${rest} more ${name}`)
  }
  return {
    groups: groupsOf(items, days),
    unlisted: unlisted.length > 0 ? `${sentence(unlisted)} follow as you finish these.` : null,
    mentions: await mentionState(viewer),
    can: { create: viewer.can('project.create') },
  }
}

function daysOf(local: DateTime): Days {
  return { today: local.toISODate()!, weekEnd: local.endOf('week').toISODate()! }
}

function groupsOf(items: WorkItem[], { today, weekEnd }: Days) {
  const sorted = items.toSorted((one, other) => (soonness(one) < soonness(other) ? -1 : 1))
  const among = (from: string, to: string) =>
    sorted.filter((item) => soonness(item) >= from && soonness(item) < to)
  return [
    { key: 'overdue', title: 'Overdue', items: among('', today) },
    { key: 'week', title: 'This week', items: among(today, `${weekEnd}~`) },
    { key: 'later', title: 'Later', items: among(`${weekEnd}~`, '~~') },
  ]
    .filter((group) => group.items.length > 0)
    .map((group) => ({ ...group, items: group.items.map((item) => itemState(item, today)) }))
}

/** What has no day comes after everything that has one. */
function soonness({ dueOn }: WorkItem) {
  return dueOn ?? '~'
}

function itemState(item: WorkItem, today: string) {
  const { task, dueOn } = item
  return {
    ...item,
    due: dueOn === today ? 'Today' : day(dueOn),
    isOverdue: dueOn !== null && dueOn < today,
    move: task && {
      action: `/projects/${task.projectId}/tasks/${item.id}/status`,
      lockVersion: task.lockVersion,
      status: terms.taskStatuses[task.status],
      steps: STEPS[task.status] ?? [],
    },
  }
}

type Step = { status: string; label: string }
const START: Step = { status: 'in_progress', label: 'Start' }
const FINISH: Step = { status: 'done', label: 'Done' }
const RESUME: Step = { ...START, label: 'Resume' }

/** The steps forward; the task's own page has the others. */
const STEPS: Partial<Record<string, Step[]>> = {
  todo: [START, FINISH],
  in_progress: [FINISH],
  blocked: [RESUME],
}

function sentence(parts: string[]) {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
