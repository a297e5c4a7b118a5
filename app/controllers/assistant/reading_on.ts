import { errors } from '@adonisjs/lucid'
import type { HttpContext } from '@adonisjs/core/http'
import { claudeSettings } from '#config/assistant'
import { isLiving } from '#identity/session_store'
import { Viewer } from '#identity/viewer'
import Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/**
 * Tells when no one can receive an answer any more: the browser is gone, the session has ended, or the person may no
 * longer ask in the project. Checked repeatedly while the answer arrives, but never before the last check has finished:
 * more waiting queries would not help a slow database.
 */
export function readerOf(ctx: HttpContext) {
  const reader = new AbortController()
  let isLooking = false
  const look = async () => {
    if (isLooking) return
    isLooking = true
    if (!(await maySeeOn(ctx).catch(() => true))) reader.abort()
    isLooking = false
  }
  const looking = setInterval(look, claudeSettings.secondLook).unref()
  reader.signal.addEventListener('abort', () => clearInterval(looking))
  ctx.response.response.once('close', () => reader.abort())
  return reader.signal
}

/** Whether the person is still signed in, and may ask in the project. Throws when that cannot be told. */
export async function maySeeOn({ project, session, viewer }: HttpContext): Promise<boolean> {
  const { organisation, userId } = viewer
  if (!(await isLiving(session.sessionId, userId))) return false
  const tenant = { organisationId: organisation.id, userId, requestId: null }
  return Tenancy.run(tenant, async (entry) => {
    const now = entry && new Viewer(entry)
    return now ? now.can('assistant.ask', await Project.findVisible(now, project.id)) : false
  }).catch((error) => {
    if (error instanceof errors.E_ROW_NOT_FOUND) return false
    throw error
  })
}
