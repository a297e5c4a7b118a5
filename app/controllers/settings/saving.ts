import type { HttpContext } from '@adonisjs/core/http'
import type { LucidRow } from '@adonisjs/lucid/types/model'
import { orCompare } from '#controllers/saving'
import { pathOf, settingsComparison, type SettingsPage } from '#pages/settings/settings_page'

/** Saves one page of settings; if someone else saved first, shows both versions and keeps what was typed. */
export function saveSettings<Row extends LucidRow>(
  ctx: HttpContext,
  settings: SettingsPage<Row>,
  mine: Record<string, unknown>,
  save: () => Promise<unknown>
) {
  const page = pathOf(settings.section)
  const compare = (present: Row) => settingsComparison(settings, present, mine)
  return orCompare(ctx, { page, compare }, async () => {
    await save()
    ctx.session.flash('success', 'The settings were saved.')
    return ctx.response.seeOther(page)
  })
}
