import env from '#start/env'

/** The administrator's connection to the application's own database; undefined when not set. */
export function administratorUrl() {
  const given = env.get('DATABASE_ADMIN_URL')
  if (!given) return undefined
  const url = new URL(given)
  url.pathname = new URL(env.get('DATABASE_URL')).pathname
  return url.href
}
