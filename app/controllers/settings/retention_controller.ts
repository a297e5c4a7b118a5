import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { saveSettings } from '#controllers/settings/saving'
import RetentionSettings from '#models/retention_settings'
import { dueState, retentionSettings } from '#pages/settings/retention_page'
import { settingsFormState } from '#pages/settings/settings_page'
import { updateRetention } from '#validators/settings'

export default class RetentionController {
  async edit({ htmx, viewer }: HttpContext) {
    const row = await RetentionSettings.current()
    return htmx.page('pages/settings/retention', {
      ...settingsFormState(retentionSettings, row, viewer),
      due: await dueState(row),
    })
  }

  async update(ctx: HttpContext) {
    const { lock_version: version, ...fields } = await ctx.request.validateUsing(updateRetention)
    const changes = toAttributes<Partial<RetentionSettings>>(fields)
    changes.closedProjectMonths ??= null
    return saveSettings(ctx, retentionSettings, changes as Record<string, unknown>, () =>
      RetentionSettings.revise(changes, version)
    )
  }
}
