import { createHmac } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { browserFamily } from '#identity/browser_family'
import env from '#start/env'

/** What monitoring is told about a request. */
type RequestFacts = {
  method: string
  /** The page's address without its query; parts that may be secret or typed are replaced with their names. */
  url: string
  /** The pattern of the route, or nothing when no route has the address. */
  route: string | null
  /** Such as `Firefox on Linux`. */
  browser: string
  requestId: string
  /** A number that distinguishes sessions and identifies no one: a keyed hash. */
  session: string | null
}

/** What an error's report may say about the request that failed. */
export function requestFacts(ctx: HttpContext): RequestFacts {
  const { request, route } = ctx
  return {
    method: request.method(),
    url: new URL(pathOf(ctx), env.get('APP_URL')).href,
    route: route?.pattern ?? null,
    browser: browserFamily(request.header('user-agent')),
    requestId: request.id()!,
    session: ctx.session?.sessionId ? sessionNumber(ctx.session.sessionId) : null,
  }
}

/** Everything personal that the request is known to carry: none of it may appear in a report. */
export function wordsOf({ request, viewer, params }: HttpContext): string[] {
  const typed = [request.body(), request.qs(), params].flatMap(leaves)
  const own = viewer ? [viewer.name, viewer.email, ...viewer.name.split(/\s+/)] : []
  return [...own, ...typed].filter((word) => !isUuid(word))
}

/** Opaque ids stay; anything else in an address, such as the secret of a link, is replaced with its name. */
function pathOf({ route, params }: HttpContext) {
  if (!route) return '/[unknown]'
  return route.pattern
    .split('/')
    .map((part) => {
      const value = part.startsWith(':') ? params[part.replace(/^:|[?*]$/g, '')] : undefined
      return isUuid(value) ? value : part
    })
    .join('/')
}

function sessionNumber(id: string) {
  return createHmac('sha256', env.get('APP_KEY').release())
    .update(`monitoring.session:${id}`)
    .digest('hex')
    .slice(0, 12)
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(leaves) : []
}
