/** How the application introduces itself to the identity provider. */
export type IdentitySettings = { issuer: URL; clientId: string; clientSecret: string }

const NAMES = ['AUTH0_DOMAIN', 'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'] as const

export type IdentityEnvironment = { NODE_ENV: string } & {
  [Name in (typeof NAMES)[number]]?: string
}

/**
 * Auth0 as the environment names it, or null where the local identity provider may stand in. Throws
 * when settings are incomplete, and in production when there are none: its people are real.
 */
export function requireIdentitySettings(env: IdentityEnvironment): IdentitySettings | null {
  const missing = NAMES.filter((name) => !env[name])
  if (missing.length === NAMES.length && env.NODE_ENV !== 'production') return null
  if (missing.length > 0) {
    throw new Error(`Signing in needs these settings of Auth0: ${missing.join(', ')}`)
  }
  const domain = env.AUTH0_DOMAIN!
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain)) {
    throw new Error('AUTH0_DOMAIN is a host name, such as example.eu.auth0.com')
  }
  return {
    issuer: new URL(`https://${domain}/`),
    clientId: env.AUTH0_CLIENT_ID!,
    clientSecret: env.AUTH0_CLIENT_SECRET!,
  }
}
