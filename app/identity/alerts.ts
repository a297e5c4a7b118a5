import type { HttpContext } from '@adonisjs/core/http'
import type { Alert } from '#tenancy/entry'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const DISMISSED = 'dismissed_alerts'
const MOST = 50

/** The platform's alerts to show, without those of other organisations and those that were dismissed. */
export function shownAlerts(
  { session }: Partial<Pick<HttpContext, 'session'>>,
  alerts: Alert[],
  organisationId: string | null
) {
  // A program has no session, and no page to show them on.
  if (alerts.length === 0 || !session) return []
  const dismissed: string[] = session.get(DISMISSED) ?? []
  return alerts.filter(
    ({ id, targetId, kind }) =>
      (targetId === null || targetId === organisationId) &&
      (kind !== 'notice' || !dismissed.includes(id))
  )
}

/** The platform's current alerts. */
export async function announcements(): Promise<Alert[]> {
  const [{ alerts }] = await read(Tenancy.client, 'select directory.announcements() as alerts')
  return alerts
}

/**
 * The alerts for a visitor who is not signed in; queried only when a page shows them. An error page does not wait for
 * the database, which may be what failed.
 */
export function shownAnnouncements(ctx: HttpContext) {
  return async () => {
    if (ctx.response.getStatus() >= 500) return []
    return shownAlerts(ctx, await announcements(), null)
  }
}

/** Hides a notice for this session. Maintenance and incidents stay until they are over. */
export function dismissAlert({ session }: Pick<HttpContext, 'session'>, id: string) {
  const dismissed: string[] = session.get(DISMISSED) ?? []
  if (!dismissed.includes(id)) session.put(DISMISSED, [...dismissed, id].slice(-MOST))
}
