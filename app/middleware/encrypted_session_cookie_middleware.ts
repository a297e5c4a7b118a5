import { HttpRequest, type HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { SESSION_COOKIE } from '#config/session'
import { openOnce } from '#identity/opened_cookies'
import { cookieMaxAge } from '#identity/session_store'

const CSRF_SECRET = 'csrf-secret'
const TOKEN = Symbol('the token for the forms of this request')
const READS = Symbol('how often it was read')

declare module '@adonisjs/core/http' {
  interface HttpRequest {
    [TOKEN]?: string
    [READS]: number
  }
  interface HttpContext {
    /** False while the session holds only a secret that no form has used. */
    needsSession(): boolean
  }
}

/**
 * Counts how often a request's token is read: Shield itself reads it once, to share it with the views, and
 * `csrfField()` again. Defined once for all requests: a separate accessor would give each request its own shape, which
 * V8 cannot optimise.
 */
Object.defineProperty(HttpRequest.prototype, 'csrfToken', {
  get(this: HttpRequest) {
    this[READS]++
    return this[TOKEN]
  },
  set(this: HttpRequest, token: string) {
    this[TOKEN] = token
    this[READS] = 0
  },
})

/**
 * The session package signs its cookie, which leaves the id readable, and sends it with every response. Here it is
 * encrypted instead, lasts no longer than the session may, and is sent only when it changes.
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

  /** Shield puts a secret into every session; it gets a row only once a form holds a token of it. */
  #keepOnlyNeeded(ctx: HttpContext) {
    ctx.needsSession = () =>
      ctx.request[READS] > 1 || Object.keys(ctx.session.all()).some((key) => key !== CSRF_SECRET)
  }
}

function isDue(ctx: HttpContext) {
  return isNew(ctx) ? ctx.needsSession() : ctx.sessionClock.stale
}

function isNew({ session }: HttpContext) {
  return session.fresh || session.hasRegeneratedSession
}
