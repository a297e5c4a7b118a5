import env from '#start/env'

const DEFAULT_EMAIL = 'privacy@aptim-solutions.com'

/** Where to report weaknesses in the product. */
export const securityContact = env.get('SECURITY_EMAIL') ?? env.get('PRIVACY_EMAIL', DEFAULT_EMAIL)

/** Where to report barriers to using the product. */
export const accessibilityContact =
  env.get('ACCESSIBILITY_EMAIL') ?? env.get('PRIVACY_EMAIL', DEFAULT_EMAIL)

/** The data controller, where to reach them, and who runs the servers. */
export const controller = {
  name: env.get('CONTROLLER_NAME', 'APTIM-Solutions Ltd'),
  address: env.get('CONTROLLER_ADDRESS', ''),
  email: env.get('PRIVACY_EMAIL', DEFAULT_EMAIL),
  host: env.get('HOSTING_PROVIDER') || 'Fly.io',
}
