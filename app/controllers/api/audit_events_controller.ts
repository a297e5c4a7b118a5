import type { HttpContext } from '@adonisjs/core/http'
import { recordViewing } from '#audit/reading'
import { answerList } from '#controllers/api/answers'
import { trailEvents } from '#pages/api/trail'
import { auditQuery } from '#validators/audit'

export default class AuditEventsController {
  /** The trail of the project in the address, or of the whole organisation. Reading it is itself told. */
  async index(ctx: HttpContext) {
    const { project, request, viewer } = ctx
    const { cursor, ...asked } = request.qs()
    const filters = auditQuery({ ...asked, before: undefined, after: undefined })
    const scope = project ? { project } : {}
    const list = await trailEvents(scope, filters, viewer, cursor)
    await recordViewing(viewer, project)
    return answerList(ctx, list)
  }
}
