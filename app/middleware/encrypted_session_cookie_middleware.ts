import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { SESSION_COOKIE } from '#config/session'
import { openOnce } from '#identity/opened_cookies'
import { cookieMaxAge } from '#identity/session_store'

const CSRF_SECRET = 'csrf-secret'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** False while the session holds nothing but a secret that no form has made use of. */
    needsSession(): boolean
  }
}

/**
 * The session package signs its cookie, which leaves the id readable, and sends it with every response.
 * Here it is encrypted instead, lives no longer than the session may, and is sent only when it changes.
 */
export default class EncryptedSessionCookieMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    this.#keepOnlyNeeded(ctx)
    const { request, response } = ctx
    const readSigned = request.cookie.bind(request)
    const writeSigned = response.cookie.bind(response)

    request.cookie = (name: string, fallback?: any) => {
      const open = name === SESSION_COOKIE ? request.encryptedCookie.bind(request) : readSigned
      const sealed = request.cookiesList()[name]
      return (sealed && openOnce(`${name}=${sealed}`, () => open(name))) || fallback
    }

    response.cookie = (name: string, value: any, options?: any) => {
      if (name !== SESSION_COOKIE) return writeSigned(name, value, options)
      if (!isDue(ctx)) return response
      const { issuedAt } = ctx.sessionClock
      const maxAge = cookieMaxAge(isNew(ctx) ? null : issuedAt)
      return response.encryptedCookie(name, value, { ...options, maxAge })
    }
    return next()
  }

  /**
   * Shield puts a secret into every session; it deserves a row only once a form holds a token of it.
   * Shield itself reads the token once, to share it with the views; `csrfField()` reads it again.
   */
  #keepOnlyNeeded(ctx: HttpContext) {
    let token = ''
    let reads = 0
    Object.defineProperty(ctx.request, 'csrfToken', {
      set: (value: string) => (token = value),
      get: () => {
        reads++
        return token
      },
    })
    ctx.needsSession = () =>
      reads > 1 || Object.keys(ctx.session.all()).some((key) => key !== CSRF_SECRET)
  }
}

function isDue(ctx: HttpContext) {
  return isNew(ctx) ? ctx.needsSession() : ctx.sessionClock.stale
}

function isNew({ session }: HttpContext) {
  return session.fresh || session.hasRegeneratedSession
}
