import ChecklistItem from '#models/checklist_item'
import Membership from '#models/membership'
import Organisation from '#models/organisation'
import { isOver } from '#models/project/states'
import { ACCEPT } from '#models/stored_file/file_types'
import type { TaskStatus } from '#models/task/states'
import type { OpenedTask } from '#models/task_link/opened_task'
import { fileNote } from '#pages/stored_files'
import { iso } from '#registries/formats'
import { renderMarkdown } from '#registries/markdown'
import * as terms from '#registries/terms'

/** What the page says after an answer, by its kind. */
const TOLD: Record<string, string> = {
  in_progress: 'Saved: the task is in progress.',
  blocked: 'Saved: the task is blocked. We have told the person who gave it to you.',
  done: 'Saved: the task is done. We have told the person who gave it to you. If that is wrong, choose “I am working on it”.',
  saved: 'This has already been saved.',
  comment: 'Your comment was added. We have told the person who gave you the task.',
  file: 'Your file was added. We have told the person who gave you the task.',
  file_removed: 'Your file was removed.',
}

const SAID: Partial<Record<TaskStatus, string>> = {
  in_progress: 'I am working on it',
  done: 'It is done',
}

/** The one task that a link shows, and nothing around it. `told` names the answer just given. */
export async function linkedTaskState(opened: OpenedTask, told: unknown) {
  const { task, link, person, project } = opened
  const { name: organisation } = await Organisation.current()
  const names = await Membership.names([link.sentBy])
  const comments = await opened.ownComments
  const files = await opened.ownFiles
  const steps = await ChecklistItem.of(task)
  return {
    task: {
      ref: task.ref,
      title: task.title,
      descriptionHtml: renderMarkdown(task.description),
      status: task.status,
      blockedReason: task.blockedReason,
      dueOn: task.dueOn,
      isOverdue: task.isOverdue,
      lockVersion: task.lockVersion,
    },
    answers: opened.answers.map((status) => ({ status, label: SAID[status] ?? null })),
    steps: steps.map(({ text, isDone }) => ({ text, isDone })),
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      note: fileNote(file),
      createdAt: iso(file.createdAt),
    })),
    mayHandIn: !task.isSettled,
    accept: ACCEPT,
    comments: comments.map((comment) => ({
      createdAt: iso(comment.createdAt),
      bodyHtml: renderMarkdown(comment.body),
    })),
    organisation,
    project: project.name,
    over: isOver(project.status) && !task.isSettled ? terms.projectStatuses[project.status] : null,
    person: person.name,
    asker: names.get(link.sentBy ?? '') ?? organisation,
    opensUntil: iso(link.opensUntil),
    told: typeof told === 'string' && Object.hasOwn(TOLD, told) ? TOLD[told] : null,
  }
}
