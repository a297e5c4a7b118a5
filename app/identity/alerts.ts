import type { HttpContext } from '@adonisjs/core/http'
import type { Alert } from '#tenancy/entry'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const DISMISSED = 'dismissed_alerts'
const MOST = 50

/** What is shown of the platform's alerts: those of other organisations and those put away are left out. */
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

/** What the platform tells everyone at the moment. */
export async function announcements(): Promise<Alert[]> {
  const [{ alerts }] = await read(Tenancy.client, 'select directory.announcements() as alerts')
  return alerts
}

/**
 * What a visitor who is not signed in is shown of that; asked for only where a page shows it. The page that
 * tells of a failure does not wait for the database, which may be what failed.
 */
export function shownAnnouncements(ctx: HttpContext) {
  return async () => {
    if (ctx.response.getStatus() >= 500) return []
    return shownAlerts(ctx, await announcements(), null)
  }
}

/** Puts a notice away for this session. Maintenance and incidents stay until they are over. */
export function dismissAlert({ session }: Pick<HttpContext, 'session'>, id: string) {
  const dismissed: string[] = session.get(DISMISSED) ?? []
  if (!dismissed.includes(id)) session.put(DISMISSED, [...dismissed, id].slice(-MOST))
}
