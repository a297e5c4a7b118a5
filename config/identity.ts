import { StartRefused } from '#config/start_refused'

/** How the application introduces itself to the identity provider. */
export type IdentitySettings = { issuer: URL; clientId: string; clientSecret: string }

const NAMES = ['AUTH0_DOMAIN', 'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'] as const

type IdentityEnvironment = { NODE_ENV: string } & {
  [Name in (typeof NAMES)[number]]?: string
}

type ManagementEnvironment = {
  NODE_ENV: string
  AUTH0_DOMAIN?: string
  AUTH0_MANAGEMENT_DOMAIN?: string
  AUTH0_MANAGEMENT_CLIENT_ID?: string
  AUTH0_MANAGEMENT_CLIENT_SECRET?: string
}

/**
 * The credentials for deleting accounts at Auth0, or null when the local identity provider stands in. The Management
 * API answers only at the tenant's own domain, which differs from AUTH0_DOMAIN when that is a custom one.
 */
export function requireManagementSettings(env: ManagementEnvironment) {
  if (!env.AUTH0_DOMAIN && env.NODE_ENV !== 'production') return null
  const { AUTH0_MANAGEMENT_CLIENT_ID: clientId, AUTH0_MANAGEMENT_CLIENT_SECRET: clientSecret } = env
  if (!clientId || !clientSecret) {
    throw new StartRefused(
      'Erasing people needs AUTH0_MANAGEMENT_CLIENT_ID and AUTH0_MANAGEMENT_CLIENT_SECRET'
    )
  }
  const domain = hostOf('AUTH0_MANAGEMENT_DOMAIN', env.AUTH0_MANAGEMENT_DOMAIN || env.AUTH0_DOMAIN!)
  return { domain, clientId, clientSecret }
}

/**
 * The Auth0 settings, or null when the local identity provider may stand in. Throws when settings are incomplete, and
 * in production when there are none: its people are real.
 */
export function requireIdentitySettings(env: IdentityEnvironment): IdentitySettings | null {
  const missing = NAMES.filter((name) => !env[name])
  if (missing.length === NAMES.length && env.NODE_ENV !== 'production') return null
  if (missing.length > 0) {
    throw new StartRefused(`Signing in needs these settings of Auth0: ${missing.join(', ')}`)
  }
  return {
    issuer: hostOf('AUTH0_DOMAIN', env.AUTH0_DOMAIN!),
    clientId: env.AUTH0_CLIENT_ID!,
    clientSecret: env.AUTH0_CLIENT_SECRET!,
  }
}

function hostOf(setting: string, host: string) {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host)) return new URL(`https://${host}/`)
  throw new StartRefused(`${setting} is a host name, such as example.eu.auth0.com`)
}
