import { BasePolicy } from '@adonisjs/bouncer'
import type { RoledProject, Viewer } from '#identity/viewer'

type Given = { assigneeId: string | null; createdBy: string | null }

/** Rights on one task: project managers and the PMO change any, team members what they have or added. */
export default class TaskPolicy extends BasePolicy {
  update(viewer: Viewer, task: Given, project: RoledProject) {
    if (viewer.can('task.update', project)) return true
    return viewer.can('task.update.own', project) && isOwn(viewer, task)
  }

  /** People who may comment in the project, and the task's assignee. They may attach files too. */
  comment(viewer: Viewer, task: Given, project: RoledProject) {
    return viewer.can('task.comment', project) || task.assigneeId === viewer.membershipId
  }

  /** The person who attached a file may remove it, and so may people who may change the task. */
  detach(
    viewer: Viewer,
    attachment: { addedBy: string | null },
    task: Given,
    project: RoledProject
  ) {
    if (this.update(viewer, task, project)) return true
    return attachment.addedBy === viewer.membershipId && this.comment(viewer, task, project)
  }

  /** A task's assignee may update its status, whatever their role. */
  move(viewer: Viewer, task: Given, project: RoledProject) {
    return this.update(viewer, task, project) || task.assigneeId === viewer.membershipId
  }
}

function isOwn(viewer: Viewer, task: Given) {
  return task.assigneeId === viewer.membershipId || task.createdBy === viewer.membershipId
}

type Row = { assignee_id: string | null; created_by: string | null }

/** The right to move, for a plain row of a list. */
export function mayMoveRow(viewer: Viewer, project: RoledProject, row: Row) {
  return new TaskPolicy().move(viewer, given(row), project)
}

/** The right to change, for a plain row of a list. */
export function mayChangeTaskRow(viewer: Viewer, project: RoledProject, row: Row) {
  return new TaskPolicy().update(viewer, given(row), project)
}

function given({ assignee_id: assigneeId, created_by: createdBy }: Row): Given {
  return { assigneeId, createdBy }
}
