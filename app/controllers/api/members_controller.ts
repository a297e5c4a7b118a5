import type { HttpContext } from '@adonisjs/core/http'
import { answerList } from '#controllers/api/answers'
import { queryOf } from '#controllers/api/query'
import { members, projectMembers } from '#pages/api/people'

export default class MembersController {
  /** Members of the organisation, or those with a role in the project that the address names. */
  async index(ctx: HttpContext) {
    const { project } = ctx
    const query = queryOf(ctx)
    return answerList(ctx, await (project ? projectMembers(project, query) : members(query)))
  }
}
