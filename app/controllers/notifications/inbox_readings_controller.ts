import type { HttpContext } from '@adonisjs/core/http'
import Notification from '#models/notification'
import { unreadLabel } from '#models/notification/list'
import { readInbox } from '#validators/notification'

export default class InboxReadingsController {
  /** Marks as read everything the page showed and everything older, but nothing that has come since. */
  async store({ request, response, session, viewer }: HttpContext) {
    const { newest_id: newestId } = await request.validateUsing(readInbox)
    await Notification.readAll(viewer.membershipId, newestId)
    const which = (await unreadLabel(viewer.membershipId)) ? 'These and all older' : 'All'
    session.flash('success', `${which} notifications are marked as read.`)
    return response.seeOther('/notifications')
  }
}
