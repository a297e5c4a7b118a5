import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { saveSettings } from '#controllers/settings/saving'
import GateDefaults from '#models/gate_defaults'
import {
  gateFacts,
  gateSettings,
  pollOptions,
  publisherOptions,
  ruleOptions,
} from '#pages/settings/gates_page'
import { settingsFormState } from '#pages/settings/settings_page'
import { updateGateDefaults } from '#validators/settings'

export default class GatesController {
  async edit({ htmx, viewer }: HttpContext) {
    const defaults = await GateDefaults.current()
    return htmx.page('pages/settings/gates', {
      ...settingsFormState(gateSettings, defaults, viewer),
      facts: gateFacts(defaults),
      ruleOptions: ruleOptions(),
      pollOptions: pollOptions(),
      publisherOptions: publisherOptions(),
    })
  }

  async update(ctx: HttpContext) {
    const { lock_version: version, ...fields } = await ctx.request.validateUsing(updateGateDefaults)
    const changes = toAttributes<Partial<GateDefaults>>(fields)
    return saveSettings(ctx, gateSettings, changes, () => GateDefaults.revise(changes, version))
  }
}
