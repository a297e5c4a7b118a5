import { compose } from '@adonisjs/core/helpers'
import { afterSave, BaseModel, beforeSave, column } from '@adonisjs/lucid/orm'
import type { AuditValue } from '#audit/events'
import type { Facts } from '#audit/facts'
import type { Viewer } from '#identity/viewer'
import { refuseLedChange } from '#models/condition/led_task'
import { today } from '#models/days'
import { idOrNone } from '#models/ids'
import { saveMany } from '#models/saving/many'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'
import { allocateNumbers } from '#models/project/numbers'
import type { TypedRef } from '#models/text/refs'
import { moveTo, refuseMove } from '#models/task/moving'
import { taskRef } from '#models/task/refs'
import type { TaskPriority, TaskSource } from '#models/task/enumerations'
import { isTaskSettled, type TaskStatus } from '#models/task/states'
import { tellAssignees } from '#models/task/assignment'
import {
  answerWith,
  holdParent,
  refuseOpenParts,
  refuseReopening,
  refuseUnder,
} from '#models/task/subtasks'
import { followTasks, outsideChange, type TaskChange } from '#models/task_link/following'
import { visibleTasks } from '#models/task/visibility'
import { orGone, refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** A piece of a project's work, assigned to exactly one person: a member or someone outside. */
export default class Task extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'task',
    project: (row: Task) => row.projectId,
    facts: (row: Task) => ({
      ref: row.$extras.ref,
      status: row.status,
      source: row.raidItemId ?? row.statusReportId,
      import: row.importId,
    }),
    skip: ['createdBy', 'importId', 'projectId', 'number'],
  }

  @column() declare projectId: string
  @column() declare number: number
  @column() declare parentId: string | null
  @column() declare title: string
  @column() declare description: string | null
  @column() declare status: TaskStatus
  @column() declare blockedReason: string | null
  @column() declare priority: TaskPriority
  @column() declare assigneeId: string | null
  @column() declare externalResourceId: string | null
  @column() declare assigneeLabel: string | null
  @column() declare startOn: string | null
  @column() declare dueOn: string | null
  @column() declare completedOn: string | null
  @column() declare sourceKind: TaskSource
  @column() declare raidItemId: string | null
  @column() declare gateConditionId: string | null
  @column() declare statusReportId: string | null
  @column() declare importId: string | null
  @column() declare createdBy: string | null

  /** Values that belong to a status come and go with it. */
  @beforeSave()
  static fitStatus(task: Task) {
    if (!task.$dirty.status) return
    task.completedOn = task.status === 'done' ? (task.completedOn ?? today()) : null
    if (task.status !== 'blocked') task.blockedReason = null
  }

  #change: TaskChange | null = null

  @beforeSave()
  static noticeChange(task: Task) {
    task.#change = outsideChange(task)
  }

  /** Links for people outside are sent, closed and ended as the task changes. */
  @afterSave()
  static followWithLinks(task: Task) {
    return followTasks([task.#change!])
  }

  /**
   * Saves what was merged into many locked tasks, with as many queries as for one, and notifies everyone whom saving
   * each would have: a member who is assigned several is notified once.
   */
  static async saveMany(tasks: Task[], action: string, facts: Facts = {}) {
    const changed = tasks.filter((task) => task.$isDirty)
    for (const task of changed) {
      task.lockVersion += 1
      this.fitStatus(task)
    }
    const changes = changed.map(outsideChange)
    const handedOver = changed.filter((task) => 'assigneeId' in task.$dirty)
    await saveMany(changed, action, facts)
    await followTasks(changes)
    await tellAssignees(handedOver)
    return changed
  }

  /** The tasks of one project that the viewer may see. */
  static visibleIn(project: Project, viewer: Viewer) {
    const [text, values] = visibleTasks(viewer, project)
    return this.query()
      .where('tasks.project_id', project.id)
      .whereRaw(text, values as any[])
  }

  /** One visible task of a project by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findVisible(project: Project, viewer: Viewer, id: string) {
    const task = await this.visibleIn(project, viewer).where('tasks.id', idOrNone(id)).firstOrFail()
    return task.refersTo(project)
  }

  /** The visible task that a reference names in a project; null when there is none. */
  static async findByRef(project: Project, viewer: Viewer, ref: TypedRef | null) {
    if (!ref || (ref.code && ref.code !== project.code)) return null
    const task = await this.visibleIn(project, viewer).where('number', ref.number).first()
    return task?.refersTo(project) ?? null
  }

  /** Adds a task under the project's next number. */
  static async add(project: Pick<Project, 'id' | 'code'>, attributes: Partial<Task>) {
    const task = this.draft(project, attributes)
    task.#refuseWrongDates()
    const whole = await holdParent(task)
    refuseUnder(whole)
    if (whole) answerWith(whole, task)
    task.number = await allocateNumbers(project.id, 'task', 1)
    return orGone(task.refersTo(project).#saveTold())
  }

  /** A new task of the project, complete except for its number. */
  static draft(project: Pick<Project, 'id'>, attributes: Partial<Task>) {
    const task = new Task().merge(attributes)
    task.status ??= 'todo'
    task.priority ??= 'medium'
    task.sourceKind ??= sourceOf(task)
    task.lockVersion = 1
    task.projectId = project.id
    task.createdBy = Tenancy.current().membershipId
    return task
  }

  /** Tells the task its project's code, so that it and its audit events can name themselves. */
  refersTo(project: Pick<Project, 'code'>) {
    this.$extras.ref = taskRef(project.code, this.number)
    return this
  }

  /** Such as ATLAS-T12; needs `refersTo` first. */
  get ref(): string {
    return this.$extras.ref
  }

  /** How a notice names the task. */
  get calling() {
    return `${this.ref} ${this.title}`
  }

  /** Changes the task if it has not changed since `lockVersion` was read; otherwise throws StaleRecord. */
  async revise(changes: Partial<Task>, lockVersion: number) {
    await this.lockRow(lockVersion)
    this.take(changes)
    if (!this.$isDirty) return this
    this.lockVersion += 1
    return this.#saveTold()
  }

  /** Merges changes without saving, and refuses what breaks a rule. Expects the row to be locked. */
  take(changes: Partial<Task>) {
    this.merge(changes as any)
    if (this.$dirty.assigneeId || this.$dirty.externalResourceId) this.assigneeLabel = null
    refuseLedChange(this)
    this.#refuseWrongDates()
  }

  /**
   * Records a change to something exported with the task. The version rises, so that older exports are known to be
   * outdated.
   */
  async reviseBeside(action: string, besides: Record<string, AuditValue>) {
    const present = await Task.query().where('id', this.id).forUpdate().firstOrFail()
    this.lockVersion = present.lockVersion + 1
    return this.touch(action, besides)
  }

  /** The new assignee is notified, in the same transaction. */
  async #saveTold() {
    const isHandedOver = 'assigneeId' in this.$dirty
    await this.save()
    if (isHandedOver) await tellAssignees([this])
    return this
  }

  #refuseWrongDates() {
    if (!this.startOn || !this.dueOn || this.startOn <= this.dueOn) return
    refuse('due_on', 'Enter a due date on or after the start date')
  }

  /** Moves the task along its state machine; a blocked task says what is holding it up. */
  async move(
    status: TaskStatus,
    { reason, lockVersion }: { reason?: string | null; lockVersion: number }
  ) {
    const parent = await holdParent(this)
    await this.lockRow(lockVersion)
    await this.#goTo(status, reason, parent)
    return this.auditAs('task.status_changed').saveRevision()
  }

  /** Changes fields and status together, in one event, for editing a row in a list. */
  async reviseRow(
    changes: Partial<Task>,
    {
      status,
      reason,
      lockVersion,
    }: { status: TaskStatus; reason?: string | null; lockVersion: number }
  ) {
    const parent = await holdParent(this)
    await this.lockRow(lockVersion)
    this.take(changes)
    if (status !== this.status) {
      await this.#goTo(status, reason, parent)
      this.auditAs('task.status_changed')
    } else if (status === 'blocked' && reason) this.blockedReason = reason
    if (!this.$isDirty) return this
    this.lockVersion += 1
    return this.#saveTold()
  }

  async #goTo(status: TaskStatus, reason: string | null | undefined, parent: Task | null) {
    refuseMove(this, status, reason)
    if (isTaskSettled(status)) await refuseOpenParts(this)
    else refuseReopening(this, parent)
    moveTo(this, status, reason)
  }

  get isSettled() {
    return isTaskSettled(this.status)
  }

  get isOverdue() {
    return this.dueOn !== null && this.dueOn < today() && !this.isSettled
  }
}

function sourceOf({ raidItemId, statusReportId }: Task): TaskSource {
  if (raidItemId) return 'raid_item'
  return statusReportId ? 'report' : 'none'
}
