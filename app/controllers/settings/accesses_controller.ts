import type { HttpContext } from '@adonisjs/core/http'
import StaffAccess from '#models/staff_access'
import { accessesState } from '#pages/settings/accesses_page'

export default class AccessesController {
  /** When platform admins read the organisation's records, why, and how much. */
  async index({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/settings/accesses', await accessesState(viewer))
  }

  /** Ends one now. */
  async destroy({ params, response, session }: HttpContext) {
    const access = await StaffAccess.findOpen(params.id)
    await access.endNow()
    session.flash('success', 'The access was ended. Nothing more can be read.')
    return response.seeOther('/settings/accesses')
  }
}
