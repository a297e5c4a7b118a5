import env from '#start/env'

/** The identity provider's origin, as the browser is sent to it. */
export function identityProviderOrigin() {
  const domain = env.get('AUTH0_DOMAIN')
  return domain ? `https://${domain}` : `'self'`
}
