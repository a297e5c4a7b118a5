import ExternalResource from '#models/external_resource'
import type Project from '#models/project'
import type Task from '#models/task'
import { sendLinks } from '#models/task_link/sending'
import { refuse } from '#models/violation'

/** Mails the person who has the task a link, as a member asks; an earlier one opens nothing from now on. */
export async function sendAgain(task: Task, project: Project) {
  const outside = await ExternalResource.assignable([task.externalResourceId])
  await task.lockRow(task.lockVersion)
  if (!outside.has(task.externalResourceId ?? '')) refuse('link', NOBODY)
  const { id, email } = await ExternalResource.findById(task.externalResourceId!)
  if (!email) refuse('link', NO_ADDRESS)
  await sendLinks([task.refersTo(project)], { id, email })
}

const NOBODY = 'This task is with nobody outside who may be given work'
const NO_ADDRESS =
  'No address is kept of this person. An owner or admin of the organisation can add one.'
