import type { HttpContext } from '@adonisjs/core/http'
import WebhookDelivery from '#models/webhook_delivery'
import WebhookEndpoint from '#models/webhook_endpoint'

export default class DeliveriesController {
  /** Sends one delivery again, or a waiting one now. */
  async update({ params, response, session }: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(params.id)
    const delivery = await WebhookDelivery.findIn(endpoint, params.delivery_id)
    await delivery.redeliver(endpoint)
    session.flash('success', 'The message is being sent.')
    return response.seeOther(`/settings/webhooks/${endpoint.id}`)
  }
}
