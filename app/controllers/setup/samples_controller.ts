import { errors as lucidErrors } from '@adonisjs/lucid'
import type { HttpContext } from '@adonisjs/core/http'
import Project from '#models/project'
import { addSample } from '#models/sample/adding'
import { removeSample } from '#models/sample/removing'

export default class SamplesController {
  async store({ response, session }: HttpContext) {
    const project = await addSample()
    session.flash('success', `${project.code} was added. Look around, and try whatever you like.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}`)
  }

  /** Takes the sample out as a whole; for any other project there is nothing here. */
  async destroy({ project, response, session }: HttpContext) {
    if (!project.isSample) throw new lucidErrors.E_ROW_NOT_FOUND(Project as any)
    await removeSample(project)
    session.flash('success', `${project.code} is being removed.`)
    return response.redirect().status(303).toPath('/projects')
  }
}
