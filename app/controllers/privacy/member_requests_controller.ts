import type { HttpContext } from '@adonisjs/core/http'
import { memberRequestsState } from '#pages/privacy/member_requests_page'

export default class MemberRequestsController {
  /** Which requests members made about their data, and when each is due; never what they wrote. */
  async index({ htmx }: HttpContext) {
    return htmx.page('pages/privacy_requests/members', await memberRequestsState())
  }
}
