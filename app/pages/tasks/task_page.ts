import type { Viewer } from '#identity/viewer'
import ChecklistItem from '#models/checklist_item'
import Membership from '#models/membership'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import StatusReport from '#models/status_report'
import { ACCEPT } from '#models/stored_file/file_types'
import Task from '#models/task'
import { assigneeNames, idOf } from '#models/task/assignees'
import { TaskList } from '#models/task/list'
import { readTaskFilters } from '#models/task/list_filters'
import { taskRef } from '#models/task/refs'
import { nextTaskStatuses } from '#models/task/states'
import { linkedTasks, overtaken, type LinkedTask } from '#models/task/waiting'
import { commentsState } from '#pages/comments'
import { historyOf } from '#pages/history'
import { attachmentsState } from '#pages/tasks/attachments'
import { proseOf } from '#pages/prose'
import { taskLinkState } from '#pages/tasks/link_state'
import { taskRowState } from '#pages/tasks/row'
import TaskPolicy from '#policies/task_policy'
import { day } from '#registries/formats'

/** Everything that the page of one task shows. */
export async function taskState(
  viewer: Viewer,
  project: Project,
  task: Task,
  { allComments }: { allComments: boolean }
) {
  const names = await assigneeNames([task])
  const can = abilities(task, project, viewer)
  const links = await linkedTasks(task, viewer, project)
  const before = links.filter(({ side }) => side === 'before')
  const prose = await proseOf([task.description], viewer)
  return {
    task: {
      ...task.serialize(),
      ref: task.ref,
      isOverdue: task.isOverdue,
      assigneeName: names.get(idOf(task) ?? '') ?? 'A former member',
      descriptionHtml: prose(task.description),
      transitions: can.move ? nextTaskStatuses(task.status) : [],
    },
    parent: await parentOf(task, project, viewer),
    source: await sourceOf(task, project, viewer),
    report: await reportOf(task, project),
    link: can.edit ? await taskLinkState(task) : null,
    facts: await facts(task),
    checklist: await checklistOf(task),
    subtasks: await subtasksOf(task, project, viewer),
    before: before.map((link) => linkState(link, project)),
    after: links.filter(({ side }) => side === 'after').map((link) => linkState(link, project)),
    warning: warningOf(task, before, project),
    files: await attachmentsState(viewer, project, task),
    accept: ACCEPT,
    ...(await commentsState({ taskId: task.id }, viewer, { all: allComments })),
    history: await historyOf({ entityType: 'task', entityId: task.id }, viewer, { limit: 10 }),
    can,
  }
}

function abilities(task: Task, project: Project, viewer: Viewer) {
  const policy = new TaskPolicy()
  const edit = policy.update(viewer, task, project)
  return {
    edit,
    move: policy.move(viewer, task, project),
    comment: policy.comment(viewer, task, project),
    divide: edit && !task.parentId && !task.isSettled,
    audit: viewer.can('audit.read', project),
  }
}

async function parentOf(task: Task, project: Project, viewer: Viewer) {
  if (!task.parentId) return null
  const parent = await Task.visibleIn(project, viewer).where('tasks.id', task.parentId).first()
  if (!parent) return null
  const { id, ref, title } = parent.refersTo(project)
  return { ref, title, href: `/projects/${project.id}/tasks/${id}` }
}

/** The RAID entry that the task responds to, unless the viewer may not see it. */
async function sourceOf(task: Task, project: Project, viewer: Viewer) {
  if (!task.raidItemId) return null
  const item = await RaidItem.visibleIn(project, viewer)
    .where('raid_items.id', task.raidItemId)
    .first()
  if (!item) return null
  const { ref, title, type } = item.refersTo(project)
  return { ref, title, type, href: `/projects/${project.id}/raid/${item.id}` }
}

/** The status report that asked for the task. */
async function reportOf({ statusReportId }: Task, project: Project) {
  if (!statusReportId) return null
  const report = (await StatusReport.findOrFail(statusReportId)).refersTo(project)
  return { ref: report.ref, href: `/projects/${project.id}/reports/${report.id}` }
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

async function checklistOf(task: Task) {
  const items = await ChecklistItem.of(task)
  return items.map(({ id, text, isDone }, index) => ({
    id,
    text,
    isDone,
    isFirst: index === 0,
    isLast: index === items.length - 1,
  }))
}

/** A subtask has none. */
async function subtasksOf(task: Task, project: Project, viewer: Viewer) {
  if (task.parentId) return []
  const asked = { parent: task.id, status: 'all', sort: 'ref', per_page: '100' }
  const page = await new TaskList(viewer, readTaskFilters(asked), project).page()
  return page.rows.map((row) => taskRowState(row, project))
}

function linkState({ link_id: linkId, id, number, title, status }: LinkedTask, project: Project) {
  const ref = taskRef(project.code, number)
  return { linkId, ref, title, status, href: `/projects/${project.id}/tasks/${id}` }
}

function warningOf(task: Task, before: LinkedTask[], project: Project) {
  const ahead = overtaken(task, before)
  if (ahead.length === 0) return null
  const refs = ahead.map(({ number }) => taskRef(project.code, number)).join(', ')
  const isUnderWay = ['in_progress', 'done'].includes(task.status)
  return isUnderWay
    ? `This task has started, but it waits for ${refs}.`
    : `This task starts before what it waits for is due: ${refs}.`
}
