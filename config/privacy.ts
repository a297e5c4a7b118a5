import env from '#start/env'

const DEFAULT_EMAIL = 'privacy@aptim-solutions.com'

/** Who is told of weaknesses in the product. */
export const securityContact = env.get('SECURITY_EMAIL') ?? env.get('PRIVACY_EMAIL', DEFAULT_EMAIL)

/** Who is told of what keeps people from using the product. */
export const accessibilityContact =
  env.get('ACCESSIBILITY_EMAIL') ?? env.get('PRIVACY_EMAIL', DEFAULT_EMAIL)

/** Who decides why and how personal data is processed, and where people reach them. */
export const controller = {
  name: env.get('CONTROLLER_NAME', 'APTIM-Solutions Ltd'),
  address: env.get('CONTROLLER_ADDRESS', ''),
  email: env.get('PRIVACY_EMAIL', DEFAULT_EMAIL),
}
