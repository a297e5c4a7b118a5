import Comment from '#models/comment'
import ExternalResource from '#models/external_resource'
import { idOrNone } from '#models/ids'
import { digestOf } from '#models/invitation/token'
import { presentOrOffice } from '#models/membership/standing_in'
import { notify } from '#models/notification'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import { isGuarded } from '#models/task/guarding'
import { nextTaskStatuses, type TaskStatus } from '#models/task/states'
import TaskLink from '#models/task_link'
import { refuse } from '#models/violation'

/** The statuses that people outside can set. They cannot cancel a task. */
const ANSWERS: TaskStatus[] = ['in_progress', 'blocked', 'done']

/** What the person who asked for the task hears at once; the PMO, once they and the manager have left. */
const TOLD: Partial<Record<TaskStatus, string>> = {
  done: 'An external person completed',
  blocked: 'An external person is blocked on',
}

/** One task as its link shows it to the person outside who has it. */
export class OpenedTask {
  private constructor(
    readonly task: Task,
    readonly link: TaskLink,
    readonly person: ExternalResource,
    readonly project: Project
  ) {}

  /** The task behind a token of the organisation at work, if the link still works. */
  static async behind(token: string): Promise<OpenedTask | null> {
    const link = await linkWith(token)
    const task = link && (await Task.find(link.taskId))
    return task ? this.#open(link, task) : null
  }

  /** The same for an answer: the task is locked first, so that a link closed meanwhile no longer works. */
  static async toAnswer(token: string): Promise<OpenedTask | null> {
    const known = await linkWith(token)
    if (!known) return null
    const task = await Task.query().where('id', known.taskId).forUpdate().first()
    const link = await linkWith(token)
    return task && link ? this.#open(link, task) : null
  }

  static async #open(link: TaskLink, task: Task) {
    if (!link.isOpen || task.externalResourceId !== link.externalResourceId) return null
    const person = await ExternalResource.findById(link.externalResourceId)
    if (person.state !== 'active') return null
    const project = await Project.findOrFail(task.projectId)
    return new OpenedTask(task.refersTo(project), link.refersTo(task), person, project)
  }

  /** What the person may say next. */
  get answers() {
    return nextTaskStatuses(this.task.status).filter((status) => ANSWERS.includes(status))
  }

  /**
   * Sets the task's status. The person who asked for it and the project's manager are told when it is done or blocked.
   */
  async answer(status: TaskStatus, given: { reason?: string | null; lockVersion: number }) {
    if (!ANSWERS.includes(status)) refuse('status', 'Choose one of the answers')
    await this.task.move(status, given)
    const what = TOLD[status]
    if (!what) return
    const key = `task_link:${this.task.id}:${this.task.lockVersion}`
    await this.#tell(what, given.reason, key)
  }

  /** Adds a comment, of which the person who asked for the task and the project's manager are told. */
  async comment(text: string) {
    const comment = await Comment.addFromOutside(this.task, text)
    await this.#tell('An external person commented on', comment.body, `comment:${comment.id}`)
  }

  /** Hands in a file, of which the person who asked for the task and the project's manager are told. */
  async handIn(name: string, bytes: Buffer) {
    this.#refuseEnded()
    const { id, name: called } = await TaskAttachment.add(this.task, name, bytes)
    await this.#tell('An external person added a file to', called, `task_attachment:${id}`)
  }

  /** Removes a file that this person handed in. Throws E_ROW_NOT_FOUND for any other. */
  async takeBack(id: string) {
    this.#refuseEnded()
    const attachment = await this.ownFiles.where('id', idOrNone(id)).firstOrFail()
    await attachment.belongsTo(this.task).remove()
  }

  /** The files of a done or cancelled task are what it was closed with. */
  #refuseEnded() {
    if (!this.task.isSettled) return
    refuse('file', 'The task has ended, so you cannot add or remove files')
  }

  /** The person's own files: those of members are not theirs to see. */
  get ownFiles() {
    return TaskAttachment.from(this.person, this.task)
  }

  /** The person's own comments: those of members are not theirs to read. */
  get ownComments() {
    return Comment.query()
      .where({ task_id: this.task.id, author_external_id: this.person.id })
      .orderBy('id')
      .exec()
  }

  async #tell(what: string, detail: string | null | undefined, key: string) {
    const { link, project, task } = this
    const item = task.raidItemId ? await RaidItem.find(task.raidItemId) : null
    await notify({
      kind: 'assignment',
      to: await presentOrOffice([link.sentBy, project.managerId]),
      item,
      path: `/projects/${project.id}/tasks/${task.id}`,
      project,
      title: `${what} ${isGuarded(item) ? task.ref : `${task.ref}: ${task.title}`}`,
      detail,
      key,
    })
  }
}

function linkWith(token: string) {
  return TaskLink.query().where('digest', digestOf(token)).first()
}
