import type { HttpContext } from '@adonisjs/core/http'
import { shownAlerts } from '#identity/alerts'
import { orientation } from '#identity/orientation'
import { recognise } from '#identity/recognition'
import type Project from '#models/project'

/** The area of the product in which something went wrong; the main one when `area` is null. */
type Around = { area: 'backoffice' | 'account' | null; project: Project | null }

/**
 * The surroundings of an error page for someone signed in, from what is already known about them. Who they are is
 * looked up only if a request was refused before they were recognised, and their organisation only if a form was, or at
 * an unknown address: the database has just answered. Someone who asks too often costs one query.
 */
export async function aroundError(ctx: HttpContext, status: number): Promise<Around | null> {
  if (ctx.viewer) {
    ctx.view.share({
      // A count not finished before the transaction ended is left out.
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
