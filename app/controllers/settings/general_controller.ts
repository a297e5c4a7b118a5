import type { HttpContext } from '@adonisjs/core/http'
import { saveSettings } from '#controllers/settings/saving'
import Organisation from '#models/organisation'
import { allowance } from '#models/organisation/quotas'
import { timeZones } from '#models/time_zone'
import { generalSettings, limitLines } from '#pages/settings/general_page'
import { settingsFormState } from '#pages/settings/settings_page'
import { updateGeneral } from '#validators/organisation'

export default class GeneralController {
  async edit({ htmx, viewer }: HttpContext) {
    const organisation = await Organisation.current()
    const state = settingsFormState(generalSettings, organisation, viewer)
    const limits = limitLines(await allowance())
    return htmx.page('pages/settings/general', { ...state, limits, timeZones, now: new Date() })
  }

  async update(ctx: HttpContext) {
    const fields = await ctx.request.validateUsing(updateGeneral)
    const changes = { name: fields.name, timeZone: fields.time_zone }
    return saveSettings(ctx, generalSettings, changes, () =>
      Organisation.revise(changes, fields.lock_version)
    )
  }
}
