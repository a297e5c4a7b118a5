import type { HttpContext } from '@adonisjs/core/http'
import { shownAlerts } from '#identity/alerts'
import { orientation } from '#identity/orientation'
import { recognise } from '#identity/recognition'
import type Project from '#models/project'

/** The part of the product in which something went wrong; the main one where `area` is null. */
type Around = { area: 'backoffice' | 'account' | null; project: Project | null }

/**
 * What an error page of somebody who is signed in stands in. It rests on what is known of them already. Who they are
 * is asked only where a request was refused before anybody was recognised, and their organisation only where a form was
 * and at an address that is none: the database has just answered. Whoever asks too often costs one query.
 */
export async function aroundError(ctx: HttpContext, status: number): Promise<Around | null> {
  if (ctx.viewer) {
    ctx.view.share({
      // What was not counted before the transaction ended is not told.
      unreadLabel: () => (status < 500 ? ctx.unreadLabel!().catch(() => null) : null),
    })
    return { area: null, project: ctx.project ?? null }
  }
  const isUnrecognised = [403, 429].includes(status) && ctx.person === undefined
  if (isUnrecognised) await recognise(ctx).catch(() => null)
  if (!ctx.person) return null
  if (isOffice(ctx)) return { area: 'backoffice', project: null }
  const isFound =
    (status === 404 || (status === 403 && isUnrecognised)) && (await orient(ctx).catch(() => false))
  return { area: isFound ? null : 'account', project: null }
}

function isOffice({ person, request }: HttpContext) {
  return person?.platformRole === 'admin' && /^\/admin(\/|$)/.test(request.url())
}

async function orient(ctx: HttpContext) {
  const found = await orientation(ctx)
  if (!found) return false
  const { viewer, unread } = found
  const { organisation } = viewer
  const alerts = shownAlerts(ctx, ctx.person!.alerts, organisation.id)
  ctx.view.share({ viewer, organisation, alerts, unreadLabel: () => unread })
  return true
}
