import { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import type { Days, WorkItem } from '#models/my_work/item'
import { workSources } from '#models/my_work/sources'
import { ownDueReviews, type DueReviews } from '#models/raid/due_reviews'
import { readersZone } from '#models/time_zone'
import { mentionState } from '#pages/notifications/inbox_page'
import { reviewQueue } from '#pages/raid/review_page'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** So many of one kind are listed at first: the page is opened often, and the soonest come first. */
const FIRST = 15
/** So many projects are named in which entries come up for review. */
const PROJECTS = 5
/** So many of the one kind of which more is asked for. */
const MORE = 200

/** Everything that the page of one's own work shows; `more` names the kind of which more is shown. */
export async function myWorkState(
  viewer: Viewer,
  more: unknown = null,
  now: DateTime = DateTime.utc()
) {
  const days = daysOf(now.setZone(readersZone()))
  const sources = Object.entries(workSources)
  const [loads, reviews, mentions] = await Promise.all([
    Promise.all(sources.map(([key, { read }]) => read(viewer, days, key === more ? MORE : FIRST))),
    ownDueReviews(viewer, PROJECTS),
    mentionState(viewer),
  ])
  const unlisted = sources.flatMap(([key, { name }], index) => {
    const rest = loads[index].total - loads[index].items.length
    const href = key === more ? null : `/work?more=${key}`
    return rest > 0 ? { label: `${rest} more ${name}`, href } : []
  })
  return {
    groups: groupsOf(
      loads.flatMap(({ items }) => items),
      days
    ),
    reviews: reviewsState(reviews),
    unlisted,
    mentions,
    can: { create: viewer.can('project.create') },
  }
}

/** Where the viewer's own entries can be reviewed together, project by project. */
function reviewsState(projects: DueReviews[]) {
  if (projects.length === 0) return null
  const [{ total }] = projects
  const listed = projects.reduce((sum, { count }) => sum + count, 0)
  return {
    title:
      total === 1
        ? 'One entry of yours is due for review'
        : `${total} entries of yours are due for review`,
    projects: projects.map(({ project_id: id, code, name, type, count }) => ({
      href: reviewQueue(id, type, 'me'),
      code,
      name,
      count,
    })),
    unlisted: total - listed,
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
