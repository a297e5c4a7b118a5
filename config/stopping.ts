import app from '@adonisjs/core/services/app'
import env from '#start/env'
import type { Pace } from '#serving/stopping'

/** Longer than the load balancer takes to check readiness again; see fly.toml. */
const NOTICE_SECONDS = 8

/** In all less than the 30 seconds after which the platform kills. */
export const pace: Pace = {
  notice: env.get('STOP_NOTICE_SECONDS', app.inProduction ? NOTICE_SECONDS : 0) * 1000,
  streams: 5000,
  rest: 10_000,
}
