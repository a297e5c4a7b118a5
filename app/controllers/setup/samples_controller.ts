import type { HttpContext } from '@adonisjs/core/http'
import { addSample } from '#models/sample/adding'
import { removeSample } from '#models/sample/removing'
import { refuse } from '#models/violation'

export default class SamplesController {
  async store({ response, session }: HttpContext) {
    const project = await addSample()
    session.flash('success', `${project.code} was added. Look around and try anything you like.`)
    return response.seeOther(`/projects/${project.id}`)
  }

  /** Removes the whole sample, and no other project. */
  async destroy({ project, response, session }: HttpContext) {
    if (!project.isSample) refuse('sample', 'You can only remove the sample project this way')
    await removeSample(project)
    session.flash('success', `${project.code} is being removed.`)
    return response.seeOther('/projects')
  }
}
