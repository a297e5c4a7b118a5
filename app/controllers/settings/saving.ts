import string from '@adonisjs/core/helpers/string'
import type { HttpContext } from '@adonisjs/core/http'
import { StaleRecord } from '#models/stale_record'
import { pathOf, settingsConflictState, type SettingsPage } from '#pages/settings_page'
import Tenancy from '#tenancy/tenancy'

/** Saves one page of settings; where someone else saved first, shows both versions and keeps what was typed. */
export async function saveSettings<Row extends { id: string; lockVersion: number }>(
  ctx: HttpContext,
  page: SettingsPage<Row>,
  mine: Record<string, unknown>,
  save: () => Promise<unknown>
) {
  const { response, session } = ctx
  const path = pathOf(page.section)
  try {
    await save()
  } catch (error: any) {
    if (error instanceof StaleRecord) return conflict(ctx, page, mine, error.present as any)
    if (error.code !== 'E_VALIDATION_ERROR') throw error
    Tenancy.fail(error)
    // The page of two versions has no address of its own to go back to.
    session.flashValidationErrors(error)
    return response.redirect().status(303).toPath(path)
  }
  session.flash('success', 'The settings were saved.')
  return response.redirect().status(303).toPath(path)
}

async function conflict<Row extends { id: string; lockVersion: number }>(
  { htmx, request, response, viewer }: HttpContext,
  page: SettingsPage<Row>,
  mine: Record<string, unknown>,
  present: Row
) {
  const edit = { mine, base: request.input('base') }
  response.status(409)
  htmx.answerWhole()
  return htmx.page(
    'pages/settings/conflict',
    await settingsConflictState(page, present, edit, viewer)
  )
}

/** Validated fields by the attribute that each fills. */
export function toAttributes<Attributes>(fields: Record<string, unknown>) {
  const given = Object.entries(fields).map(([name, value]) => [string.camelCase(name), value])
  return Object.fromEntries(given) as Attributes
}
