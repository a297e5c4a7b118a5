import type { HttpContext } from '@adonisjs/core/http'
import Programme from '#models/programme'
import Project from '#models/project'
import { refuse } from '#models/violation'
import { takeProject } from '#validators/programme'

/** Which projects belong to a programme. */
export default class ProgrammeProjectsController {
  async store({ params, request, response, session, viewer }: HttpContext) {
    const programme = await Programme.findById(params.id)
    const { project_id: projectId } = await request.validateUsing(takeProject)
    const project = await Project.visibleTo(viewer).where('projects.id', projectId).first()
    if (!project) refuse('project_id', 'Choose a project')
    await programme.take(project)
    session.flash('success', `${project.code} was added to ${programme.code}.`)
    return response.seeOther(`/programmes/${programme.id}`)
  }

  async destroy({ params, project, response, session }: HttpContext) {
    const programme = await Programme.findById(params.id)
    await programme.release(project)
    session.flash('success', `${project.code} was removed from ${programme.code}.`)
    return response.seeOther(`/programmes/${programme.id}`)
  }
}
