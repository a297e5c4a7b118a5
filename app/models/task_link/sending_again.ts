import ExternalResource from '#models/external_resource'
import type Project from '#models/project'
import type Task from '#models/task'
import { sendLinks } from '#models/task_link/sending'
import { refuse } from '#models/violation'

/** Mails a link to the person who has the task, at a member's request; the earlier one stops working. */
export async function sendAgain(task: Task, project: Project) {
  const outside = await ExternalResource.assignable([task.externalResourceId])
  await task.lockRow(task.lockVersion)
  if (!outside.has(task.externalResourceId ?? '')) refuse('link', NOBODY)
  const { id, email } = await ExternalResource.findById(task.externalResourceId!)
  if (!email) refuse('link', NO_ADDRESS)
  await sendLinks([task.refersTo(project)], { id, email })
}

const NOBODY = 'This task is not assigned to an external person who can be sent a link'
const NO_ADDRESS = 'This person has no email address. An owner or admin can add one.'
