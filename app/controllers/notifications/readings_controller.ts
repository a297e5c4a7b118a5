import type { HttpContext } from '@adonisjs/core/http'
import { localPath } from '#identity/local_path'
import Notification from '#models/notification'
import { readNotification } from '#validators/notification'

const INBOX = '/notifications'

export default class ReadingsController {
  /** Marks a notice as read and, if asked, opens what it links to. Following a link alone marks nothing. */
  async store({ params, request, response, viewer }: HttpContext) {
    const notification = await Notification.findOwn(viewer.membershipId, params.id)
    const { open, return_to: returnTo } = await request.validateUsing(readNotification)
    await notification.markRead()
    return response.seeOther(localPath(open ? notification.path : returnTo, INBOX))
  }

  async destroy({ params, request, response, viewer }: HttpContext) {
    const notification = await Notification.findOwn(viewer.membershipId, params.id)
    const { return_to: returnTo } = await request.validateUsing(readNotification)
    await notification.markUnread()
    return response.seeOther(localPath(returnTo, INBOX))
  }
}
