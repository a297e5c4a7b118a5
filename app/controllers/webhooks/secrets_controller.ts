import type { HttpContext } from '@adonisjs/core/http'
import { tellSecret } from '#identity/told_token'
import WebhookEndpoint from '#models/webhook_endpoint'

export default class SecretsController {
  /** Sets a new secret; the old one also signs for another day. */
  async store(ctx: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(ctx.params.id)
    tellSecret(ctx, await endpoint.renewSecret())
    return ctx.response.seeOther(`/settings/webhooks/${endpoint.id}`)
  }
}
