import type { HttpContext } from '@adonisjs/core/http'
import { recordViewing } from '#audit/reading'
import { answerList } from '#controllers/api/answers'
import { queryOf } from '#controllers/api/query'
import { refuseMisread } from '#pages/api/paging'
import { trailEvents } from '#pages/api/trail'
import { auditQuery } from '#validators/audit'

export default class AuditEventsController {
  /** The trail of the project in the address, or of the whole organisation. Reading it is itself recorded. */
  async index(ctx: HttpContext) {
    const { project, viewer } = ctx
    const { cursor, ...asked } = queryOf(ctx)
    const filters = auditQuery({ ...asked, before: undefined, after: undefined })
    refuseMisread(asked, filters, ['what', 'type', 'ref'])
    const scope = project ? { project } : {}
    const list = await trailEvents(scope, filters, viewer, cursor)
    await recordViewing(viewer, project)
    return answerList(ctx, list)
  }
}
