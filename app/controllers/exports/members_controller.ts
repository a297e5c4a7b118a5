import type { HttpContext } from '@adonisjs/core/http'
import { memberList } from '#exports/lists/members'
import { readerOf, sendList } from '#exports/send_list'
import { readMemberFilters } from '#models/membership/list'

export default class MembersController {
  /** The members of the organisation, as the list is filtered. */
  show(ctx: HttpContext) {
    return sendList(ctx, memberList(readerOf(ctx), readMemberFilters(ctx.request.qs())))
  }
}
