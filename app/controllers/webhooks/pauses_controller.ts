import type { HttpContext } from '@adonisjs/core/http'
import WebhookEndpoint from '#models/webhook_endpoint'

export default class PausesController {
  async store(ctx: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(ctx.params.id)
    await endpoint.pause()
    return backTo(
      endpoint,
      ctx,
      `${endpoint.name} is paused. It receives no events until you resume it.`
    )
  }

  async destroy(ctx: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(ctx.params.id)
    await endpoint.resume()
    return backTo(endpoint, ctx, `${endpoint.name} is active. It receives new events from now on.`)
  }
}

function backTo({ id }: WebhookEndpoint, { response, session }: HttpContext, message: string) {
  session.flash('success', message)
  return response.seeOther(`/settings/webhooks/${id}`)
}
