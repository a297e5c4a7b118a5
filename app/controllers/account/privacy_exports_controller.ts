import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { onPlatform } from '#identity/platform'
import PrivacyExport from '#models/privacy_export'
import { exportState } from '#pages/privacy/export_page'
import { askForExport } from '#validators/privacy_export'

export default class PrivacyExportsController {
  /** Has a copy of the person's data made. */
  async store(ctx: HttpContext) {
    const { person, request, response, session } = ctx
    const { contents } = await request.validateUsing(askForExport)
    await onPlatform(ctx, () => PrivacyExport.begin(person!.id, contents))
    session.flash('success', 'Your copy is being made. We will email you when it is ready.')
    return response.seeOther('/profile/privacy')
  }

  /** Where a copy is downloaded. Looking at the page changes nothing. */
  async show(ctx: HttpContext) {
    const { htmx, params, person } = ctx
    const found = await onPlatform(ctx, () => PrivacyExport.fetchable(person!.id, params.id))
    return htmx.page('pages/account/export', { ...exportState(found), isFresh: isFresh(ctx) })
  }
}
