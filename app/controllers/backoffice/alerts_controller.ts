import type { HttpContext } from '@adonisjs/core/http'
import { DateTime } from 'luxon'
import { isFresh } from '#identity/fresh_session'
import { officeOrganisation } from '#models/office/organisations'
import SystemAlert from '#models/system_alert'
import { alertFormState, alertListState } from '#pages/backoffice/alerts_page'
import { DANGEROUS_MINUTES } from '#registries/back_office'
import { inReadersZone, showAlert } from '#validators/system_alert'

export default class AlertsController {
  /** Current, future and past alerts. */
  async index({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/alerts/index', await alertListState())
  }

  async create(ctx: HttpContext) {
    const { organisation } = ctx.request.qs()
    const state = await alertFormState(organisation)
    const fresh = isFresh(ctx, DANGEROUS_MINUTES)
    return ctx.htmx.page('pages/backoffice/alerts/create', { ...state, isFresh: fresh })
  }

  /** Shows an alert to everyone, or to one organisation. */
  async store({ request, response, session }: HttpContext) {
    const input = await request.validateUsing(showAlert)
    const { target_id: targetId, kind, body, ends_at: endsAt } = input
    const beginsAt = input.begins_at ? inReadersZone(input.begins_at) : DateTime.utc()
    const target = targetId ? await officeOrganisation(targetId) : null
    await SystemAlert.show({
      kind,
      body,
      beginsAt,
      endsAt,
      mailedTo: input.mailed_to ?? null,
      letter: input.letter || null,
      target: target && { id: target.id, name: target.name },
    })
    session.flash('success', becomesOf(beginsAt, target))
    return response.seeOther('/admin/alerts')
  }

  async destroy({ params, response, session }: HttpContext) {
    const alert = await SystemAlert.findOpen(params.id)
    await alert.endNow()
    session.flash('success', 'The alert was taken down.')
    return response.seeOther('/admin/alerts')
  }
}

/** Nobody opens a suspended organisation, so that its members read the alert in their mail alone. */
function becomesOf(beginsAt: DateTime, target: { suspendedAt: string | null } | null) {
  if (target?.suspendedAt) {
    return 'The alert is kept. The organisation is suspended, so nobody sees it until it is resumed.'
  }
  return beginsAt > DateTime.utc()
    ? 'The alert will be shown when it starts.'
    : 'The alert is now shown.'
}
