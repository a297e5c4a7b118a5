const ORIGIN = 'http://local.invalid'

/**
 * The path to return to, if it stays on this site; `fallback` for anything else: other hosts, `//host`,
 * `/\host`, other schemes, encoded forms of these, control characters.
 */
export function localPath(candidate: unknown, fallback: string): string {
  if (typeof candidate !== 'string' || !candidate.startsWith('/')) return fallback
  if (!staysHere(candidate) || !staysHere(decoded(candidate))) return fallback
  const { pathname, search, hash } = new URL(candidate, ORIGIN)
  return pathname + search + hash
}

function staysHere(path: string) {
  // eslint-disable-next-line no-control-regex
  if (!/^\/(?![/\\])/.test(path) || /[\u0000-\u001f\u007f\\]/.test(path)) return false
  return URL.canParse(path, ORIGIN) && new URL(path, ORIGIN).origin === ORIGIN
}

function decoded(path: string) {
  try {
    return decodeURIComponent(path)
  } catch {
    return '//'
  }
}
