import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { tellSecret, toldSecret } from '#identity/told_token'
import WebhookEndpoint from '#models/webhook_endpoint'
import { textOf } from '#models/lists/query_string'
import { webhookListState, webhookState } from '#pages/webhooks/webhook_page'
import { storeEndpoint, updateEndpoint } from '#validators/webhook'

export default class EndpointsController {
  async index(ctx: HttpContext) {
    return ctx.htmx.page('pages/webhooks/index', await webhookListState(ctx.viewer, isFresh(ctx)))
  }

  async store(ctx: HttpContext) {
    const endpoint = await WebhookEndpoint.add(await ctx.request.validateUsing(storeEndpoint))
    tellSecret(ctx, endpoint.secret)
    return toEndpoint(ctx, endpoint)
  }

  async show(ctx: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(ctx.params.id)
    const after = textOf(ctx.request.qs(), 'after')
    const told = { secret: toldSecret(ctx), isFresh: isFresh(ctx), after }
    return ctx.htmx.page('pages/webhooks/show', await webhookState(ctx.viewer, endpoint, told))
  }

  async update(ctx: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(ctx.params.id)
    const { lock_version: version, ...changes } = await ctx.request.validateUsing(updateEndpoint)
    await endpoint.revise(changes, version)
    ctx.session.flash('success', `${endpoint.name} was saved.`)
    return toEndpoint(ctx, endpoint)
  }

  async destroy({ params, response, session }: HttpContext) {
    const endpoint = await WebhookEndpoint.findById(params.id)
    await endpoint.remove()
    session.flash('success', `${endpoint.name} was removed.`)
    return response.seeOther('/settings/webhooks')
  }
}

function toEndpoint({ response }: HttpContext, { id }: WebhookEndpoint) {
  return response.seeOther(`/settings/webhooks/${id}`)
}
