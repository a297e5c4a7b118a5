import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { begin, save } from '#controllers/projects/saving'
import { orCompare } from '#controllers/saving'
import type Project from '#models/project'
import ProjectRequest from '#models/project_request'
import { countOpenRequests } from '#models/project_request/list'
import { projectOfRequest } from '#pages/project_requests/pages'
import { projectComparison } from '#pages/projects/comparison'
import { projectFormState } from '#pages/projects/form_page'
import { projectListState } from '#pages/projects/list_page'
import { projectState } from '#pages/projects/project_page'
import { updateProject } from '#validators/project'
import { answeredRequest } from '#validators/project_request'

export default class ProjectsController {
  async index({ htmx, request, viewer }: HttpContext) {
    const can = { create: viewer.can('project.create') }
    const [state, requests] = await Promise.all([
      projectListState(viewer, request.qs()),
      can.create ? countOpenRequests() : 0,
    ])
    return htmx.page('pages/projects/index', { ...state, requests, can })
  }

  /** The form of a new project, filled from the request it answers, if there is one. */
  async create({ htmx, request, viewer }: HttpContext) {
    const { request: asked } = request.qs()
    const described = asked
      ? projectOfRequest(await ProjectRequest.findVisible(viewer, String(asked)))
      : {}
    return htmx.page('pages/projects/create', { ...(await projectFormState(null)), ...described })
  }

  async store({ request, response, session, viewer }: HttpContext) {
    const { request_id: asked } = await request.validateUsing(answeredRequest)
    const answered = asked ? await ProjectRequest.findVisible(viewer, asked) : null
    const project = await begin(request)
    await answered?.approve(project)
    session.flash('success', `${project.code} was created.`)
    return response.seeOther(`/projects/${project.id}`)
  }

  async show({ htmx, project, viewer }: HttpContext) {
    return htmx.page('pages/projects/show', await projectState(project, viewer))
  }

  async edit({ htmx, project }: HttpContext) {
    return htmx.page('pages/projects/edit', await projectFormState(project))
  }

  /** Saves an edit; if someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const { project, request, response, session } = ctx
    const { lock_version: version, ...fields } = await request.validateUsing(updateProject)
    const mine = toAttributes<Partial<Project>>(fields)
    const page = `/projects/${project.id}`
    const compare = (present: Project) => projectComparison(present, mine)
    return orCompare(ctx, { page: `${page}/edit`, compare }, async () => {
      await save(project, mine, version)
      session.flash('success', `${project.code} was saved.`)
      return response.seeOther(page)
    })
  }
}
