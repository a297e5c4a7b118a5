import type { HttpContext } from '@adonisjs/core/http'
import { saveSettings } from '#controllers/settings/saving'
import RaidScoring from '#models/raid_scoring'
import { scoringAttributes, scoringPreview, scoringSettings } from '#pages/settings/scoring_page'
import { settingsFormState } from '#pages/settings/settings_page'
import { updateScoring } from '#validators/settings'

export default class ScoringController {
  async edit({ htmx, viewer }: HttpContext) {
    const row = await RaidScoring.current()
    return htmx.page('pages/settings/scoring', {
      ...settingsFormState(scoringSettings, row, viewer),
      ...scoringPreview(row),
    })
  }

  async update(ctx: HttpContext) {
    const { lock_version: version, ...fields } = await ctx.request.validateUsing(updateScoring)
    return saveSettings(ctx, scoringSettings, fields, () =>
      RaidScoring.revise(scoringAttributes(fields), version)
    )
  }
}
