import type { HttpContext } from '@adonisjs/core/http'
import { openedAddress, sealedAddress } from '#identity/calendar_address'
import CalendarFeed from '#models/calendar_feed'
import type { FeedKind } from '#models/calendar_feed/kinds'
import { calendarState } from '#pages/calendar/feeds_page'
import { storeFeed } from '#validators/calendar_feed'

const WAITING = 'calendar_address'

export default class FeedsController {
  async index({ htmx, session }: HttpContext) {
    const made = openedAddress(session.flashMessages.get(WAITING))
    return htmx.page('pages/calendar_feeds/index', await calendarState(made))
  }

  async store(ctx: HttpContext) {
    const { kind } = await ctx.request.validateUsing(storeFeed)
    return tell(ctx, kind, await CalendarFeed.open(kind))
  }

  /** Replaces an address that others may have seen with a new one. */
  async update(ctx: HttpContext) {
    const feed = await CalendarFeed.findMine(ctx.params.id)
    return tell(ctx, feed.kind, await feed.renew())
  }

  async destroy({ params, response, session }: HttpContext) {
    const feed = await CalendarFeed.findMine(params.id)
    await feed.revoke()
    session.flash('success', 'The address no longer works.')
    return response.seeOther('/calendar')
  }
}

/** The address is shown on the next page and never again. */
function tell({ response, session }: HttpContext, kind: FeedKind, secret: string) {
  session.flash(WAITING, sealedAddress(kind, secret))
  return response.seeOther('/calendar')
}
