import type { HttpContext } from '@adonisjs/core/http'
import { switchAssistant } from '#validators/assistant'

export default class SwitchesController {
  /** Whether this project uses the assistant, where its organisation does. */
  async update({ project, request, response, session }: HttpContext) {
    const { enabled } = await request.validateUsing(switchAssistant)
    await project.holdRow()
    await project.merge({ isAssistantEnabled: enabled }).save()
    session.flash('success', `The assistant is ${enabled ? 'on' : 'off'} for this project.`)
    return response.seeOther(`/projects/${project.id}/assistant`)
  }
}
