import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Project from '#models/project'
import { allocateNumbers } from '#models/raid/refs'
import Tenancy from '#tenancy/tenancy'

export const taskStatuses = {
  todo: 'To do',
  in_progress: 'In progress',
  blocked: 'Blocked',
  done: 'Done',
  cancelled: 'Cancelled',
} as const

export const taskPriorities = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
} as const

export type TaskStatus = keyof typeof taskStatuses
export type TaskPriority = keyof typeof taskPriorities
export type TaskSource = 'none' | 'raid_item' | 'gate_condition' | 'report'

/** A piece of a project's work, given to exactly one person: a member or someone outside. */
export default class Task extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'task',
    project: (row: Task) => row.projectId,
    facts: (row: Task) => ({ ref: row.$extras.ref, status: row.status, import: row.importId }),
    skip: ['lockVersion', 'createdBy', 'importId', 'projectId'],
  }

  @column() declare projectId: string
  @column() declare number: number
  @column() declare parentId: string | null
  @column() declare title: string
  @column() declare description: string | null
  @column() declare status: TaskStatus
  @column() declare priority: TaskPriority
  @column() declare assigneeId: string | null
  @column() declare externalResourceId: string | null
  @column() declare assigneeLabel: string | null
  @column() declare startOn: string | null
  @column() declare dueOn: string | null
  @column() declare completedOn: string | null
  @column() declare sourceKind: TaskSource
  @column() declare raidItemId: string | null
  @column() declare importId: string | null
  @column() declare lockVersion: number
  @column() declare createdBy: string | null

  /** Adds a task under the project's next number. */
  static async add(project: Pick<Project, 'id' | 'code'>, attributes: Partial<Task>) {
    const task = new Task().merge(attributes as any)
    task.status ??= 'todo'
    task.priority ??= 'medium'
    task.sourceKind ??= task.raidItemId ? 'raid_item' : 'none'
    task.lockVersion = 1
    task.projectId = project.id
    task.createdBy = Tenancy.current().membershipId
    task.number = await allocateNumbers(project.id, 'task', 1)
    return task.refersTo(project).save()
  }

  /** Lets the task know its project's code, so that it and its audit events can name themselves. */
  refersTo(project: Pick<Project, 'code'>) {
    this.$extras.ref = `${project.code}-T${this.number}`
    return this
  }

  /** Such as ATLAS-T12; needs `refersTo` first. */
  get ref(): string {
    return this.$extras.ref
  }
}
