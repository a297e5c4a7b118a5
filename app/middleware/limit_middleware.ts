import limiter from '@adonisjs/limiter/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { limiting } from '#config/limiter'
import { countRefusal } from '#monitoring/metrics'
import { limitKey, networkOf } from '#identity/limit_keys'
import { USER_KEY } from '#identity/session_store'
import { limits, type LimitName } from '#registries/limits'

/**
 * Counts the request, and throws E_TOO_MANY_REQUESTS (429) when it is one too many. It counts before the request's
 * transaction opens: what is rolled back counts all the same, and no connection waits for another.
 */
export function limitedTo(name: LimitName) {
  return async (ctx: HttpContext, next: NextFn) => {
    await countFor(name, subjectOf(name, ctx))
    return next()
  }
}

/** Counts one request against whatever the limit applies to; null while limits are switched off. */
export async function countFor(name: LimitName, subject: string) {
  if (!limiting.isOn) return null
  const { requests, every } = limits[name]
  const counting = limiter.use({ requests, duration: every }).consume(limitKey(name, subject))
  return counting.catch((error) => {
    if (error.code === 'E_TOO_MANY_REQUESTS') countRefusal(name)
    throw error
  })
}

function subjectOf(name: LimitName, { request, session }: HttpContext): string {
  const person = limits[name].by === 'person' ? session.get(USER_KEY) : null
  return person ?? networkOf(request.ip())
}
