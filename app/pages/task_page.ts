import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import type Task from '#models/task'
import { assigneeNames, idOf } from '#models/task/assignees'
import { nextTaskStatuses } from '#models/task/states'
import { historyOf } from '#pages/history'
import { taskLinkState } from '#pages/task_link_state'
import TaskPolicy from '#policies/task_policy'
import { day } from '#registries/formats'
import { renderMarkdown } from '#registries/markdown'

/** Everything that the page of one task shows. */
export async function taskState(viewer: Viewer, project: Project, task: Task) {
  const names = await assigneeNames([task])
  const source = await sourceOf(task, project, viewer)
  const policy = new TaskPolicy()
  const move = policy.move(viewer, task, project)
  const edit = policy.update(viewer, task, project)
  return {
    task: {
      ...task.serialize(),
      ref: task.ref,
      isOverdue: task.isOverdue,
      assigneeName: names.get(idOf(task) ?? '') ?? 'A former member',
      descriptionHtml: renderMarkdown(task.description),
      transitions: move ? nextTaskStatuses(task.status) : [],
    },
    source,
    link: edit ? await taskLinkState(task) : null,
    facts: await facts(task),
    history: await historyOf({ entityType: 'task', entityId: task.id }, viewer, { limit: 10 }),
    can: {
      move,
      edit,
      audit: viewer.can('audit.read', project),
    },
  }
}

/** The RAID entry that the task answers, unless the viewer may not see it. */
async function sourceOf(task: Task, project: Project, viewer: Viewer) {
  if (!task.raidItemId) return null
  const item = await RaidItem.visibleIn(project, viewer)
    .where('raid_items.id', task.raidItemId)
    .first()
  if (!item) return null
  const { ref, title, type } = item.refersTo(project)
  return { ref, title, type, href: `/projects/${project.id}/raid/${item.id}` }
}

async function facts(task: Task) {
  const names = await Membership.names([task.createdBy])
  const addedBy = task.createdBy && names.get(task.createdBy)
  const rows: [string, string | null | undefined][] = [
    ['Added', [day(task.createdAt), addedBy && `by ${addedBy}`].filter(Boolean).join(' ')],
    ['Start', task.startOn && day(task.startOn)],
    ['Due', task.dueOn && day(task.dueOn)],
    ['Completed', task.completedOn && day(task.completedOn)],
    ['Assignee in the file', task.assigneeLabel],
  ]
  return rows.filter(([, shown]) => shown).map(([label, shown]) => ({ label, value: shown }))
}
