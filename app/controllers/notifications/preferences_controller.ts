import type { HttpContext } from '@adonisjs/core/http'
import NotificationPreference from '#models/notification_preference'
import { changesBetween, preferencesState } from '#pages/notifications/preferences_page'
import { updatePreferences } from '#validators/notification'

export default class PreferencesController {
  async edit({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/notification_preferences/edit', await preferencesState(viewer))
  }

  /** Saves only what was changed in the form; choices made elsewhere since it was opened stay. */
  async update({ request, response, session, viewer }: HttpContext) {
    const { in_app: inApp, mail, ...shown } = await request.validateUsing(updatePreferences)
    const changes = changesBetween(
      { inApp: shown.shown_in_app, mail: shown.shown_mail },
      { inApp, mail }
    )
    await NotificationPreference.change(viewer.membershipId, changes)
    session.flash('success', 'Your preferences were saved.')
    return response.seeOther('/notifications/preferences')
  }
}
