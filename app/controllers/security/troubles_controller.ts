import type { HttpContext } from '@adonisjs/core/http'
import router from '@adonisjs/core/services/router'
import { USER_KEY } from '#identity/session_store'
import { flagsOf } from '#models/person_flag'
import { reportTrouble } from '#monitoring/sentry'
import { troubleOf } from '#monitoring/trouble'

export default class TroublesController {
  /** Takes what a page tells of its own failing scripts. Whoever objected is not told of, whatever arrives. */
  async store({ request, response, session, logger }: HttpContext) {
    const trouble = troubleOf(request.body(), pagePatterns())
    response.status(204)
    if (!trouble || (await objects(session.get(USER_KEY)))) return response.send('')
    logger.warn({ trouble }, 'a script of a page failed')
    reportTrouble(trouble, request.header('user-agent'))
    return response.send('')
  }
}

function pagePatterns() {
  return Object.values(router.toJSON())
    .flat()
    .map(({ pattern }) => pattern)
}

async function objects(userId: string | undefined) {
  return userId ? (await flagsOf(userId)).objectsToTelemetry : false
}
