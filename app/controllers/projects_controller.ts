import type { HttpContext } from '@adonisjs/core/http'
import { begin, save, toAttributes } from '#controllers/projects/saving'
import type Project from '#models/project'
import { StaleRecord } from '#models/stale_record'
import { projectConflictState } from '#pages/project_conflict_page'
import { projectFormState } from '#pages/project_form_page'
import { projectListState } from '#pages/project_list_page'
import { projectState } from '#pages/project_page'
import Tenancy from '#tenancy/tenancy'
import { updateProject } from '#validators/project'

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
    const project = await begin(request)
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

async function conflict(present: Project, fields: object, ctx: HttpContext) {
  const { htmx, request, response, viewer } = ctx
  const mine = toAttributes({ ...fields })
  const state = await projectConflictState(present, mine, request.input('base'), viewer)
  response.status(409)
  htmx.answerWhole()
  return htmx.page('pages/projects/conflict', state)
}
