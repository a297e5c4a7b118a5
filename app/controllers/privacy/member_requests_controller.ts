import type { HttpContext } from '@adonisjs/core/http'
import { memberRequestsState } from '#pages/privacy/member_requests_page'

export default class MemberRequestsController {
  /** That members asked about their data and by when it is answered; never what they wrote. */
  async index({ htmx }: HttpContext) {
    return htmx.page('pages/privacy_requests/members', await memberRequestsState())
  }
}
