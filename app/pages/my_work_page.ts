import { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import type { Days, WorkItem } from '#models/my_work/item'
import { workSources } from '#models/my_work/sources'
import { ownDueReviews, type DueReviews } from '#models/raid/due_reviews'
import { readersZone } from '#models/time_zone'
import { mentionState } from '#pages/notifications/inbox_page'
import { reviewQueue } from '#pages/raid/review_page'
import { day, overdueBy } from '#registries/formats'
import * as terms from '#registries/terms'
import { planOnce } from '#tenancy/plans'

/** How many of one kind are listed at first: the page is opened often, and the soonest come first. */
const FIRST = 15
/** How many projects with entries due for review are named. */
const PROJECTS = 5
/** How many are listed when more of one kind are asked for. */
const MORE = 200

/** Everything on the page of one's own work; `more` names the kind of which more is shown. */
export async function myWorkState(viewer: Viewer, more: unknown) {
  planOnce()
  const days = daysOf(DateTime.utc().setZone(readersZone()))
  const sources = Object.entries(workSources)
  const [loads, reviews, mentions] = await Promise.all([
    Promise.all(sources.map(([key, { read }]) => read(viewer, days, key === more ? MORE : FIRST))),
    ownDueReviews(viewer, PROJECTS),
    mentionState(viewer),
  ])
  const unlisted = sources.flatMap(([key, { name }], index): Unlisted[] => {
    const { items, total } = loads[index]
    const href = key === more ? null : `/work?more=${key}`
    const label = `${total - items.length} more ${name}`
    return total > items.length ? [{ label, href, group: groupOf(items.at(-1), days) }] : []
  })
  return {
    groups: groupsOf(
      loads.flatMap(({ items }) => items),
      unlisted,
      days
    ),
    reviews: reviewsState(reviews),
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
        ? 'You have one entry due for review'
        : `You have ${total} entries due for review`,
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

const GROUPS = {
  overdue: 'Overdue',
  week: 'This week',
  asked: 'Waiting for your answer',
  later: 'Later',
}

type Group = keyof typeof GROUPS

/** How many more of a kind there are where its list is cut: those may belong there too. */
type Unlisted = { label: string; href: string | null; group: Group }

function groupsOf(items: WorkItem[], unlisted: Unlisted[], days: Days) {
  const sorted = items.toSorted((one, other) => (soonness(one) < soonness(other) ? -1 : 1))
  return Object.entries(GROUPS)
    .map(([key, title]) => ({
      key,
      title,
      items: sorted
        .filter((item) => groupOf(item, days) === key)
        .map((item) => itemState(item, days.today)),
      unlisted: unlisted.filter(({ group }) => group === key),
    }))
    .filter((group) => group.items.length > 0)
}

function groupOf(item: WorkItem | undefined, { today, weekEnd }: Days): Group {
  if (!item?.dueOn) return item?.isAsked ? 'asked' : 'later'
  if (item.dueOn < today) return 'overdue'
  return item.dueOn <= weekEnd ? 'week' : 'later'
}

/** Items without a date come after all those that have one. */
function soonness({ dueOn }: WorkItem) {
  return dueOn ?? '~'
}

function itemState(item: WorkItem, today: string) {
  const { task, dueOn } = item
  return {
    ...item,
    due: dueOn === today ? 'Today' : day(dueOn),
    overdue: dueOn !== null && dueOn < today ? overdueBy(dueOn, today) : null,
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

/** The forward steps; the task's own page has the others. */
const STEPS: Partial<Record<string, Step[]>> = {
  todo: [START, FINISH],
  in_progress: [FINISH],
  blocked: [RESUME],
}
