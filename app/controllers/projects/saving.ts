import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import LifecycleTemplate from '#models/lifecycle_template'
import Project from '#models/project'
import { refuseMove, violations } from '#models/project/rules'
import { FIRST_STATUSES } from '#models/project/states'
import { refuse, refuseAll } from '#models/violation'
import { storeProject } from '#validators/project'

/** Creates a project from the request, whether a form or a program sent it. */
export async function begin(request: HttpContext['request']) {
  const { lifecycle_id: lifecycleId, ...fields } = await request.validateUsing(storeProject)
  const attributes = toAttributes<Partial<Project>>(fields)
  const draft = new Project().merge(attributes)
  if (draft.status && !FIRST_STATUSES.includes(draft.status)) {
    refuse('status', 'Choose Proposed or Active for a new project')
  }
  refuseAll(await violations(draft))
  return Project.begin(attributes, await chosenLifecycle(lifecycleId))
}

/** The lifecycle version that the form named; undefined leaves it to the project. */
async function chosenLifecycle(id?: string) {
  if (!id) return undefined
  const chosen = await LifecycleTemplate.offered().where('id', id).first()
  return chosen ?? refuse('lifecycle_id', 'Choose a lifecycle')
}

/** Saves an edit. Throws StaleRecord when someone else saved first. */
export async function save(project: Project, changes: Partial<Project>, version: number) {
  await project.lockRow(version)
  const from = project.status
  project.merge(changes)
  refuseMove(project, from)
  refuseAll(await violations(project))
  await project.saveRevision()
}
