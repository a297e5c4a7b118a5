import type { HttpContext } from '@adonisjs/core/http'
import { answerDependency } from '#controllers/raid/saving'
import { dependencyAnswers } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'

export default class AnswersController {
  /** One side of a dependency between projects agrees, disagrees, or asks for another date. */
  async update(ctx: HttpContext) {
    const { params, project, response, session, viewer } = ctx
    const item = await RaidItem.findInLog(project, viewer, params.id)
    const { answer } = await answerDependency(item, ctx)
    const both = item.status === 'agreed' ? ' Both projects agree.' : ''
    session.flash(
      'success',
      `Your project’s answer: ${dependencyAnswers[answer].toLowerCase()}.${both}`
    )
    return response.seeOther(`/projects/${project.id}/raid/${item.id}`)
  }
}
