import type { Viewer } from '#identity/viewer'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { IS_GUARDED } from '#models/task/guarding'
import { IS_OPEN_TASK } from '#models/task/states'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A member's open task with a due date. */
export type DueTask = {
  id: string
  project_id: string
  project_code: string
  number: number
  title: string
  /** It responds to an entry that is kept to a few people. */
  is_guarded: boolean
  due_on: string
  lock_version: number
  updated_at: Date
}

/** The most tasks in a calendar. */
const MOST = 1000

/**
 * The viewer's own open tasks with a due date, in the projects that they may see, the next first. Calendars remind: no
 * one is reminded about a project that is over.
 */
export function dueTasksOf(viewer: Viewer): Promise<DueTask[]> {
  const conditions = new Conditions()
    .add('tasks.organisation_id = ?', Tenancy.current().organisationId)
    .add('tasks.assignee_id = ?', viewer.membershipId)
    .add(IS_OPEN_TASK)
    .add('tasks.due_on is not null')
    .add(IS_NOT_OVER)
    .meet(visibleProjects(viewer))
  return read<DueTask>(
    Tenancy.current().trx,
    `select tasks.id, tasks.project_id, projects.code as project_code, tasks.number, tasks.title,
       ${IS_GUARDED} as is_guarded, tasks.due_on, tasks.lock_version, tasks.updated_at
     from tasks join projects
       on projects.organisation_id = tasks.organisation_id and projects.id = tasks.project_id
     where ${conditions.text} order by tasks.due_on, tasks.id limit ${MOST}`,
    conditions.values
  )
}
