import type { CalendarEntry } from '#exports/calendar'
import { pageAddress } from '#identity/page_address'
import type { Viewer } from '#identity/viewer'
import type { FeedKind } from '#models/calendar_feed/kinds'
import { taskRef } from '#models/task'
import { dueTasksOf, type DueTask } from '#models/task/due'

/** What each feed tells its owner. */
const sources: Record<FeedKind, (viewer: Viewer) => Promise<CalendarEntry[]>> = {
  tasks: async (viewer) => (await dueTasksOf(viewer)).map((task) => taskEntry(task, viewer)),
}

export function feedEntries(kind: FeedKind, viewer: Viewer) {
  return sources[kind](viewer)
}

/**
 * The services that fetch a feed keep what it says: a title, a day and an address, which opens for whoever
 * may see the task.
 */
function taskEntry(task: DueTask, viewer: Viewer): CalendarEntry {
  const path = `/projects/${task.project_id}/tasks/${task.id}`
  const url = pageAddress(path, viewer.organisation.id)
  return {
    uid: `task-${task.id}@${new URL(url).hostname}`,
    day: task.due_on,
    title: `${taskRef(task.project_code, task.number)} ${task.title}`,
    url,
    category: task.project_code,
    changedAt: task.updated_at,
    version: task.lock_version,
  }
}
