import type { HttpContext } from '@adonisjs/core/http'
import Membership from '#models/membership'
import { memberListState } from '#pages/people/member_list_page'
import { memberState } from '#pages/people/member_page'

export default class MembersController {
  async index({ htmx, request, viewer }: HttpContext) {
    return htmx.page('pages/members/index', await memberListState(viewer, request.qs()))
  }

  async show({ htmx, params, viewer }: HttpContext) {
    const member = await Membership.findById(params.id)
    return htmx.page('pages/members/show', await memberState(member, viewer))
  }
}
