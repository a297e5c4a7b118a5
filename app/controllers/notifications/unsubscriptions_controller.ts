import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { keepToOurselves } from '#identity/secret_address'
import { readUnsubscribing } from '#mails/unsubscribing'
import NotificationPreference, { type MailsOfKind } from '#models/notification_preference'
import { unsubscriptionState } from '#pages/notifications/unsubscription_page'
import Tenancy from '#tenancy/tenancy'

export default class UnsubscriptionsController {
  /** Shows what the link stops and changes nothing, because mail scanners open links too. */
  async show(ctx: HttpContext) {
    return answer(ctx, unsubscribing(ctx))
  }

  /**
   * Stops the mails without a sign-in, as mail programs do with one click. They follow no redirect, so this write alone
   * answers with a page.
   */
  async store(ctx: HttpContext) {
    return choose(ctx, { mail: false })
  }

  /** Resumes the mails, for anyone who stopped them by mistake. */
  async destroy(ctx: HttpContext) {
    return choose(ctx, { mail: true })
  }
}

async function choose(ctx: HttpContext, choice: { mail: boolean }) {
  const wanted = unsubscribing(ctx)
  const { organisationId, membershipId, kind } = wanted
  const requestId = ctx.request.id() ?? null
  const visitor = { userId: null, requestId, actorKind: 'visitor' as const }
  const tenant = { organisationId, ...visitor, evenSuspended: true }
  await Tenancy.run(tenant, () => NotificationPreference.change(membershipId, { [kind]: choice }))
  return answer(ctx, wanted)
}

function unsubscribing({ params, request }: HttpContext): MailsOfKind {
  const wanted = readUnsubscribing(params.token)
  if (!wanted) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return wanted
}

async function answer(ctx: HttpContext, wanted: MailsOfKind) {
  keepToOurselves(ctx)
  const state = await unsubscriptionState(wanted)
  return ctx.htmx.page('pages/unsubscriptions/show', { ...state, token: ctx.params.token })
}
