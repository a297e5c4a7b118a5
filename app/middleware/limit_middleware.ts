import limiter from '@adonisjs/limiter/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { limiting } from '#config/limiter'
import { limitKey, networkOf } from '#identity/limit_keys'
import { USER_KEY } from '#identity/session_store'
import { limits, type LimitName } from '#registries/limits'

/**
 * Counts the request, and throws E_TOO_MANY_REQUESTS (429) when it is one too many. It counts before the
 * request's transaction opens: what is undone counts all the same, and no connection waits for another.
 */
export function limitedTo(name: LimitName) {
  return async (ctx: HttpContext, next: NextFn) => {
    if (limiting.isOn) await count(name, ctx)
    return next()
  }
}

async function count(name: LimitName, ctx: HttpContext) {
  const { requests, every } = limits[name]
  await limiter.use({ requests, duration: every }).consume(limitKey(name, subjectOf(name, ctx)))
}

function subjectOf(name: LimitName, { request, session }: HttpContext): string {
  const person = limits[name].by === 'person' ? session.get(USER_KEY) : null
  return person ?? networkOf(request.ip())
}
