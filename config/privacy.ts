import env from '#start/env'

/** Who decides why and how personal data is processed, and where people reach them. */
export const controller = {
  name: env.get('CONTROLLER_NAME', 'APTIM-Solutions Ltd'),
  address: env.get('CONTROLLER_ADDRESS', ''),
  email: env.get('PRIVACY_EMAIL', 'privacy@aptim-solutions.com'),
}
