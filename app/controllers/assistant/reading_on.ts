import { errors } from '@adonisjs/lucid'
import type { HttpContext } from '@adonisjs/core/http'
import { claudeSettings } from '#config/assistant'
import { isLiving } from '#identity/session_store'
import { Viewer } from '#identity/viewer'
import Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/**
 * Says when an answer has nobody to go to any more: the browser has gone, the session was ended, or the person may
 * no longer ask in the project. Asked again and again while the answer comes, and never before the last time was
 * answered: a slow database is not helped by more that wait.
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

/** Whether the person is signed in as they were, and may ask in the project. Throws where nobody can tell. */
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
