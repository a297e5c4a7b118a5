import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { countRequest } from '#monitoring/metrics'
import { traced } from '#monitoring/sentry'

/** Times the request under its route's pattern: a sample for Sentry, all for the metrics. */
export default class TracingMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const method = ctx.request.method()
    const begun = performance.now()
    const attributes = { 'http.request.method': method }
    await traced({ name: method, op: 'http.server', attributes }, async (tell) => {
      await next()
      const route = ctx.route?.pattern ?? '[unknown]'
      const status = ctx.response.getStatus()
      tell({ 'http.route': route, 'http.response.status_code': status }, `${method} ${route}`)
    })
    const seconds = (performance.now() - begun) / 1000
    const status = ctx.response.getStatus()
    countRequest({ method, route: ctx.route?.pattern, status, seconds })
  }
}
