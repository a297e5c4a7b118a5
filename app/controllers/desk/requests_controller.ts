import type { HttpContext } from '@adonisjs/core/http'
import PrivacyRequest from '#models/privacy_request'
import { todayUtc } from '#models/days'
import { requestChannels, requestKinds } from '#models/privacy_request/enumerations'
import { receiveRequest } from '#models/privacy_request/receiving'
import { refuse } from '#models/violation'
import { queueState } from '#pages/privacy/desk_queue_page'
import { requestState } from '#pages/privacy/desk_request_page'
import { options } from '#registries/terms'
import { takeDown } from '#validators/privacy_request'

const CHANNELS = ['mail', 'telephone'] as const

export default class RequestsController {
  async index({ htmx, request }: HttpContext) {
    return htmx.page('pages/desk/index', await queueState(request.qs(), process.env))
  }

  create({ htmx }: HttpContext) {
    const channels = CHANNELS.map((value) => ({ value, label: requestChannels[value] }))
    return htmx.page('pages/desk/create', {
      kinds: options(requestKinds),
      channels,
      today: todayUtc(),
    })
  }

  /** Records a request that came by mail or telephone; its clock started when it came. */
  async store({ request, response, session }: HttpContext) {
    const input = await request.validateUsing(takeDown)
    const { kind, channel, received_on: receivedOn, name, email = null, telephone = null } = input
    if (receivedOn > todayUtc()) refuse('received_on', 'Enter today’s date or an earlier date')
    const contact = { name, email, telephone }
    const details = input.details ?? null
    const found = await receiveRequest({ kind, channel, receivedOn, contact, details })
    session.flash('success', `${found.ref} was recorded.`)
    return response.seeOther(`/admin/privacy/${found.id}`)
  }

  async show({ htmx, params }: HttpContext) {
    const found = await PrivacyRequest.findById(params.id)
    return htmx.page('pages/desk/show', await requestState(found))
  }
}
