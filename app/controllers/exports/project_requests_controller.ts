import type { HttpContext } from '@adonisjs/core/http'
import { projectRequestList } from '#exports/lists/project_requests'
import { readerOf, sendList } from '#exports/send_list'
import { readRequestState } from '#models/project_request/list'

export default class ProjectRequestsController {
  /** The visible requests for projects, as the list shows them. */
  show(ctx: HttpContext) {
    const state = readRequestState(ctx.viewer, ctx.request.qs())
    return sendList(ctx, projectRequestList(readerOf(ctx), state))
  }
}
