import type { HttpContext } from '@adonisjs/core/http'
import WebhookDelivery from '#models/webhook_delivery'
import WebhookEndpoint from '#models/webhook_endpoint'

export default class TestsController {
  /** Sends a test message, to see what the receiver answers. */
  async store({ params, response, session }: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(params.id)
    await WebhookDelivery.test(endpoint)
    session.flash('success', 'A test is being sent. The answer will appear below.')
    return response.seeOther(`/settings/webhooks/${endpoint.id}`)
  }
}
