import type { CalendarEntry } from '#exports/calendar'
import { pageAddress } from '#identity/page_address'
import type { Viewer } from '#identity/viewer'
import type { FeedKind } from '#models/calendar_feed/kinds'
import { awaitedConditions, type AwaitedCondition } from '#models/condition/awaited'
import { conditionRef } from '#models/condition/refs'
import { awaitedReviews, type AwaitedReview } from '#models/deciding/awaited'
import { gateRef } from '#models/gate/refs'
import { dueTasksOf, type DueTask } from '#models/task/due'
import { taskCallingOf } from '#models/task/refs'

/** The most entries in a calendar. */
const MOST = 1000

/** What each feed shows its owner. */
const sources: Record<FeedKind, (viewer: Viewer) => Promise<CalendarEntry[]>> = {
  tasks: async (viewer) => (await dueTasksOf(viewer)).map((task) => taskEntry(task, viewer)),
  gates: async (viewer) => [
    ...(await awaitedReviews(viewer, MOST)).map((review) => reviewEntry(review, viewer)),
    ...(await awaitedConditions(viewer, MOST)).map((row) => conditionEntry(row, viewer)),
  ],
}

/** The entries of one kind of calendar, as far as the viewer may see them. */
export function feedEntries(kind: FeedKind, viewer: Viewer) {
  return sources[kind](viewer)
}

/**
 * Services that fetch a feed store what it says: a title, a day and an address, which opens only for people who may see
 * the task. A task for an entry that is kept to a few people is named by its own ref alone.
 */
function taskEntry(task: DueTask, viewer: Viewer): CalendarEntry {
  const path = `/projects/${task.project_id}/tasks/${task.id}`
  const url = pageAddress(path, viewer.organisation.id)
  return {
    uid: `task-${task.id}@${new URL(url).hostname}`,
    day: task.due_on,
    title: taskCallingOf(task.project_code, task, task.is_guarded),
    url,
    category: task.project_code,
    changedAt: task.updated_at,
    version: task.lock_version,
  }
}

function reviewEntry(review: AwaitedReview, viewer: Viewer): CalendarEntry {
  const path = `/projects/${review.project_id}/gates/${review.gate_id}/reviews/${review.id}`
  const url = pageAddress(path, viewer.organisation.id)
  return {
    uid: `review-${review.id}@${new URL(url).hostname}`,
    day: review.decide_by,
    title: `Decide by today: ${gateRef(review.code, review.number)} ${review.name}`,
    url,
    category: review.code,
    changedAt: review.updated_at,
    version: review.lock_version,
  }
}

function conditionEntry(condition: AwaitedCondition, viewer: Viewer): CalendarEntry {
  const path = `/projects/${condition.project_id}/conditions/${condition.id}`
  const url = pageAddress(path, viewer.organisation.id)
  const ref = conditionRef(condition.code, condition.number)
  const toFind = condition.is_ownerless ? 'Find an owner for ' : ''
  const toDo = condition.to_verify ? 'Verify ' : toFind
  return {
    uid: `condition-${condition.id}@${new URL(url).hostname}`,
    day: condition.due_on,
    title: `${toDo}${ref}: ${condition.text}`,
    url,
    category: condition.code,
    changedAt: condition.updated_at,
    version: condition.lock_version,
  }
}
