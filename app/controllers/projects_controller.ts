import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { begin, save } from '#controllers/projects/saving'
import { orCompare } from '#controllers/saving'
import type Project from '#models/project'
import { projectComparison } from '#pages/projects/comparison'
import { projectFormState } from '#pages/projects/form_page'
import { projectListState } from '#pages/projects/list_page'
import { projectState } from '#pages/projects/project_page'
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
    const mine = toAttributes<Partial<Project>>(fields)
    const page = `/projects/${project.id}`
    const compare = (present: Project) => projectComparison(present, mine)
    return orCompare(ctx, { page: `${page}/edit`, compare }, async () => {
      await save(project, mine, version)
      session.flash('success', `${project.code} was saved.`)
      return response.redirect().status(303).toPath(page)
    })
  }
}
