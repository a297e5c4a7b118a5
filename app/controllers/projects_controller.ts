import string from '@adonisjs/core/helpers/string'
import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import Project from '#models/project'
import { projectFormState } from '#pages/project_form_page'
import { projectListState } from '#pages/project_list_page'
import { projectState } from '#pages/project_page'
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
    const attributes = toAttributes(await request.validateUsing(storeProject))
    const draft = new Project().merge(attributes)
    if (draft.status && !['proposed', 'active'].includes(draft.status)) {
      refuse('status', 'A new project is proposed or active')
    }
    await refuseViolations(draft)
    const project = await Project.begin(attributes)
    session.flash('success', `${project.code} was created.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}`)
  }

  async show({ htmx, project, viewer }: HttpContext) {
    return htmx.page('pages/projects/show', await projectState(project, viewer))
  }

  async edit({ htmx, project }: HttpContext) {
    return htmx.page('pages/projects/edit', await projectFormState(project))
  }

  async update({ project, request, response, session }: HttpContext) {
    const { lock_version: version, ...fields } = await request.validateUsing(updateProject)
    await project.lockRow(version)
    const from = project.status
    project.merge(toAttributes(fields))
    if (!project.mayMove(from)) refuse('status', project.whyNot(from))
    await refuseViolations(project)
    await project.saveRevision()
    session.flash('success', `${project.code} was saved.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}`)
  }
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

function refuse(field: string, message: string) {
  throw new errors.E_VALIDATION_ERROR([{ field, message, rule: 'rule' }])
}
