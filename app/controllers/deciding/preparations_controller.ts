import type { HttpContext } from '@adonisjs/core/http'
import { prepare } from '#models/deciding/preparation'
import Gate from '#models/gate'

export default class PreparationsController {
  async store({ params, project, response, session }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    await prepare(gate)
    session.flash('success', `${gate.ref} is in preparation.`)
    return response.seeOther(`/projects/${project.id}/gates/${gate.id}`)
  }
}
