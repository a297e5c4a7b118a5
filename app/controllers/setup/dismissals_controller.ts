import type { HttpContext } from '@adonisjs/core/http'
import { dismissSetup } from '#models/organisation/setup'

export default class DismissalsController {
  /** Hides the guide from the viewer's own pages. */
  async update({ response, session, viewer }: HttpContext) {
    await dismissSetup(viewer.membershipId, true)
    session.flash('success', 'The setup steps are hidden. You can still find them under Settings.')
    return response.seeOther('/work')
  }

  async destroy({ response, viewer }: HttpContext) {
    await dismissSetup(viewer.membershipId, false)
    return response.seeOther('/work')
  }
}
