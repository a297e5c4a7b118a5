import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { SESSION_COOKIE } from '#config/session'
import { cookieMaxAge } from '#identity/session_store'

/**
 * The session package signs its cookie, which leaves the id readable, and sends it with every response.
 * Here it is encrypted instead, lives no longer than the session may, and is sent only when it changes.
 */
export default class EncryptedSessionCookieMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const { request, response } = ctx
    const readSigned = request.cookie.bind(request)
    const writeSigned = response.cookie.bind(response)

    request.cookie = (name: string, fallback?: any) =>
      name === SESSION_COOKIE ? request.encryptedCookie(name, fallback) : readSigned(name, fallback)

    response.cookie = (name: string, value: any, options?: any) => {
      if (name !== SESSION_COOKIE) return writeSigned(name, value, options)
      if (!ctx.sessionClock.refreshed) return response
      const maxAge = cookieMaxAge(ctx.sessionClock.issuedAt)
      return response.encryptedCookie(name, value, { ...options, maxAge })
    }
    return next()
  }
}
