import type { HttpContext } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import { health } from '#models/office/health'
import { healthState, settingsState } from '#pages/backoffice/health_page'

export default class HealthController {
  /** The state of the installation, as last seen, so that the page waits for nothing. */
  async show({ htmx }: HttpContext) {
    const state = await healthState(await health(), app.makePath('database/migrations'))
    return htmx.page('pages/backoffice/health', { ...state, settings: settingsState(process.env) })
  }
}
