import type { HttpContext } from '@adonisjs/core/http'
import { saveSettings } from '#controllers/settings/saving'
import AssistantSettings from '#models/assistant_settings'
import { assistantOptions, assistantSettings } from '#pages/settings/assistant_page'
import { settingsFormState } from '#pages/settings/settings_page'
import { penceOf } from '#registries/money'
import { updateAssistant } from '#validators/settings'

export default class AssistantController {
  async edit({ htmx, viewer }: HttpContext) {
    const row = await AssistantSettings.current()
    return htmx.page('pages/settings/assistant', {
      ...settingsFormState(assistantSettings, row, viewer),
      options: assistantOptions(),
    })
  }

  async update(ctx: HttpContext) {
    const { lock_version: version, ...fields } = await ctx.request.validateUsing(updateAssistant)
    const changes = {
      isEnabled: fields.is_enabled,
      monthlyBudget: penceOf(fields.monthly_budget)!,
      personalBudget: penceOf(fields.personal_budget)!,
    }
    return saveSettings(ctx, assistantSettings, fields, () =>
      AssistantSettings.revise(changes, version)
    )
  }
}
