import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { traced } from '#monitoring/sentry'

/** Times the request under the pattern of its route. */
export default class TracingMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const method = ctx.request.method()
    const attributes = { 'http.request.method': method }
    await traced({ name: method, op: 'http.server', attributes }, async (tell) => {
      await next()
      const route = ctx.route?.pattern ?? '[unknown]'
      const status = ctx.response.getStatus()
      tell({ 'http.route': route, 'http.response.status_code': status }, `${method} ${route}`)
    })
  }
}
