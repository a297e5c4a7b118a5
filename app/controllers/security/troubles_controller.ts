import type { HttpContext } from '@adonisjs/core/http'
import router from '@adonisjs/core/services/router'
import { objectsTo } from '#identity/objections'
import { reportTrouble } from '#monitoring/sentry'
import { troubleOf } from '#monitoring/trouble'

export default class TroublesController {
  /** Receives reports from pages whose scripts failed. Nothing is recorded about people who objected. */
  async store(ctx: HttpContext) {
    const { request, response, logger } = ctx
    const trouble = troubleOf(request.body(), pagePatterns())
    response.status(204)
    if (!trouble || (await objectsTo('objectsToTelemetry', ctx))) return response.send('')
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
