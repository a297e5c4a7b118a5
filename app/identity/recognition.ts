import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { shownAlerts, shownAnnouncements } from '#identity/alerts'
import { USER_KEY } from '#identity/session_store'
import { personWith } from '#models/user/person'

/** Finds out whose session it is, before any organisation is chosen; for a visitor it does nothing. */
export async function recognise(ctx: HttpContext) {
  const userId = ctx.session.get(USER_KEY)
  if (!userId) return ctx.view.share({ announcements: shownAnnouncements(ctx) })
  ctx.person = (await personWith(db, userId)) ?? undefined
  const alerts = shownAlerts(ctx, ctx.person?.alerts ?? [], null)
  ctx.view.share({ person: ctx.person, alerts })
}
