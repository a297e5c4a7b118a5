import ExternalResource from '#models/external_resource'
import Project from '#models/project'
import type Task from '#models/task'
import TaskLink from '#models/task_link'
import Tenancy from '#tenancy/tenancy'

/** What a save changed of a task that links depend on. */
export type TaskChange = { isHandedOver: boolean; isMoved: boolean }

/** Lets links follow what was just saved: they go to whoever is given the task, and end with it. */
export async function followTask(task: Task, { isHandedOver, isMoved }: TaskChange) {
  if (isHandedOver) {
    await closeOthers(task)
    await sendToNewcomer(task)
  } else if (isMoved) {
    const link = await TaskLink.of(task)
    await link?.followEnd(task.isSettled)
  }
}

/** A task given to someone else is none of the former person's business. */
async function closeOthers(task: Task) {
  const links = await TaskLink.query().where('task_id', task.id).whereNull('revoked_at')
  for (const link of links) {
    if (link.externalResourceId !== task.externalResourceId) await link.refersTo(task).revoke()
  }
}

/** Only a member asks for work: what the software itself gives, as on an import, is not mailed. */
async function sendToNewcomer(task: Task) {
  if (!task.externalResourceId || task.isSettled || !Tenancy.current().membershipId) return
  const person = await ExternalResource.findById(task.externalResourceId)
  if (person.email) await TaskLink.send(task, person, await Project.findOrFail(task.projectId))
}
