import type { HttpContext } from '@adonisjs/core/http'

const ORIGIN = 'http://local.invalid'

/** A path of plain words, like nearly all of ours, with nothing in it to resolve or decode. */
const PLAIN = /^(\/[\w-]+)+$/

/**
 * Longer than any address that people return to: visitors without an account decide by it how much a session stores.
 */
const LONGEST = 4000

/**
 * The path to return to, if it stays on this site; otherwise `fallback`: for other hosts, `//host`, `/\host`, other
 * schemes, encoded forms of these, control characters, and anything longer than our addresses.
 */
export function localPath(candidate: unknown, fallback: string): string {
  if (typeof candidate !== 'string' || candidate.length > LONGEST) return fallback
  if (PLAIN.test(candidate)) return candidate
  if (!staysHere(candidate)) return fallback
  if (!staysHere(decoded(candidate))) return fallback
  const { pathname, search, hash } = new URL(candidate, ORIGIN)
  return pathname + search + hash
}

/** Longer than an id: the secret of a link, such as an invitation's, which must not be recorded. */
const SECRET = /\/[^/]{37,}/g
const LONGEST_PAGE = 500

/** A page of this site by its path, without search terms or the secret of a link. Null for anything else. */
export function localPage(candidate: unknown): string | null {
  const path = localPath(candidate, '').split(/[?#]/)[0].replaceAll(SECRET, '/…')
  return path && path.length <= LONGEST_PAGE ? path : null
}

/** Whether a path contains the secret of a link. */
export function holdsSecret(path: string) {
  return new RegExp(SECRET).test(path.split(/[?#]/)[0])
}

/** The page whose secret an address contains: forms sent below `/task/<secret>` were filled in there. */
export function secretPage(path: string): string | null {
  return path.split(/[?#]/)[0].match(/^.*?\/[^/]{37,}/)?.[0] ?? null
}

/** The path of the page from which this request was made, if it was one of ours. */
export function previousPath({ request }: HttpContext, fallback: string): string {
  const referrer = request.header('referer')
  if (!referrer || !URL.canParse(referrer)) return fallback
  const { host, pathname, search } = new URL(referrer)
  return host === request.host() ? localPath(pathname + search, fallback) : fallback
}

/** Resolving dots can leave two leading slashes (`/..//host`), so the resolved path is checked too. */
function staysHere(path: string) {
  if (!/^\/(?![/\\])/.test(path) || /[\u0000-\u001f\u007f\\]/.test(path)) return false
  if (!URL.canParse(path, ORIGIN)) return false
  const { origin, pathname } = new URL(path, ORIGIN)
  return origin === ORIGIN && !pathname.startsWith('//')
}

function decoded(path: string) {
  try {
    return decodeURIComponent(path)
  } catch {
    return '//'
  }
}
