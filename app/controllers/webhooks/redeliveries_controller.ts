import type { HttpContext } from '@adonisjs/core/http'
import WebhookDelivery from '#models/webhook_delivery'
import WebhookEndpoint from '#models/webhook_endpoint'

export default class RedeliveriesController {
  /** Resends everything an endpoint missed, for example while its receiver was down. */
  async store({ params, response, session }: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(params.id)
    const count = await WebhookDelivery.redeliverUnheard(endpoint)
    session.flash(
      'success',
      count === 1 ? '1 message is being sent again.' : `${count} messages are being sent again.`
    )
    return response.seeOther(`/settings/webhooks/${endpoint.id}`)
  }
}
