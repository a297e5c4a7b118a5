import type { HttpContext } from '@adonisjs/core/http'
import { USER_KEY } from '#identity/session_store'
import { flagsOf } from '#models/person_flag'
import { reportTrouble } from '#monitoring/sentry'
import { troubleOf } from '#monitoring/trouble'
import { declaredRoutes } from '#start/router'

export default class TroublesController {
  /** Takes what a page tells of its own failing scripts. Whoever objected is not told of, whatever arrives. */
  async store({ request, response, session, logger }: HttpContext) {
    const patterns = declaredRoutes().map(({ pattern }) => pattern)
    const trouble = troubleOf(request.body(), patterns)
    response.status(204)
    if (!trouble || (await objects(session.get(USER_KEY)))) return response.send('')
    logger.warn({ trouble }, 'a script of a page failed')
    reportTrouble(trouble, request.header('user-agent'))
    return response.send('')
  }
}

async function objects(userId: string | undefined) {
  return userId ? (await flagsOf(userId)).objectsToTelemetry : false
}
