import type { HttpContext } from '@adonisjs/core/http'
import Project from '#models/project'

export default class ProjectsController {
  async index({ htmx, viewer }: HttpContext) {
    const projects = await Project.visibleTo(viewer).orderBy('code')
    return htmx.page('pages/projects/index', { projects })
  }
}
