import string from '@adonisjs/core/helpers/string'
import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import LifecycleTemplate from '#models/lifecycle_template'
import Project from '#models/project'
import { StaleRecord } from '#models/stale_record'
import { refuse } from '#models/violation'
import { projectConflictState } from '#pages/project_conflict_page'
import { projectFormState } from '#pages/project_form_page'
import { projectListState } from '#pages/project_list_page'
import { projectState } from '#pages/project_page'
import Tenancy from '#tenancy/tenancy'
import { storeProject, updateProject } from '#validators/project'

export default class ProjectsController {
  async index({ htmx, request, viewer }: HttpContext) {
    const state = await projectListState(viewer, request.qs())
    return htmx.page('pages/projects/index', {
      ...state,
      can: { create: viewer.can('project.create') },
    })
  }

  async create({ htmx }: HttpContext) {
    return htmx.page('pages/projects/create', await projectFormState(null))
  }

  async store({ request, response, session }: HttpContext) {
    const { lifecycle_id: lifecycleId, ...fields } = await request.validateUsing(storeProject)
    const attributes = toAttributes(fields)
    const draft = new Project().merge(attributes)
    if (draft.status && !['proposed', 'active'].includes(draft.status)) {
      refuse('status', 'A new project is proposed or active')
    }
    await refuseViolations(draft)
    const project = await Project.begin(attributes, await chosenLifecycle(lifecycleId))
    session.flash('success', `${project.code} was created.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}`)
  }

  async show({ htmx, project, viewer }: HttpContext) {
    return htmx.page('pages/projects/show', await projectState(project, viewer))
  }

  async edit({ htmx, project }: HttpContext) {
    return htmx.page('pages/projects/edit', await projectFormState(project))
  }

  /** Saves an edit; where someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const { project, request, response, session } = ctx
    const { lock_version: version, ...fields } = await request.validateUsing(updateProject)
    const page = `/projects/${project.id}`
    try {
      await save(project, toAttributes(fields), version)
    } catch (error: any) {
      if (error instanceof StaleRecord) return conflict(error.present as Project, fields, ctx)
      if (error.code !== 'E_VALIDATION_ERROR') throw error
      Tenancy.fail(error)
      // The page of two versions has no address of its own to go back to.
      session.flashValidationErrors(error)
      return response.redirect().status(303).toPath(`${page}/edit`)
    }
    session.flash('success', `${project.code} was saved.`)
    return response.redirect().status(303).toPath(page)
  }
}

/** The version that the form named; undefined leaves it to the project. */
async function chosenLifecycle(id?: string) {
  if (!id) return undefined
  const chosen = await LifecycleTemplate.offered().where('id', id).first()
  return chosen ?? refuse('lifecycle_id', 'Choose one of the lifecycles')
}

async function save(project: Project, changes: Partial<Project>, version: number) {
  await project.lockRow(version)
  const from = project.status
  project.merge(changes)
  if (!project.mayMove(from)) refuse('status', project.whyNot(from))
  await refuseViolations(project)
  await project.saveRevision()
}

async function conflict(present: Project, fields: object, ctx: HttpContext) {
  const { htmx, request, response, viewer } = ctx
  const mine = toAttributes({ ...fields })
  const state = await projectConflictState(present, mine, request.input('base'), viewer)
  response.status(409)
  htmx.answerWhole()
  return htmx.page('pages/projects/conflict', state)
}

function toAttributes(fields: Record<string, unknown>): Partial<Project> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [string.camelCase(name), value]))
}

async function refuseViolations(project: Project) {
  const found = await project.violations()
  if (found.length > 0) {
    throw new errors.E_VALIDATION_ERROR(found.map((violation) => ({ ...violation, rule: 'rule' })))
  }
}
