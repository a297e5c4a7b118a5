import type { ApplicationService } from '@adonisjs/core/types'
import { requireIdentitySettings } from '#config/identity'
import { IdentityProvider, useIdentityProvider } from '#identity/identity_provider'
import type { LocalIdentityProvider } from '#identity/local/local_identity_provider'
import env from '#start/env'

/** Chooses who signs people in: Auth0, or outside production the local identity provider. */
export default class IdentityServiceProvider {
  #local: LocalIdentityProvider | null = null

  constructor(protected app: ApplicationService) {}

  async start() {
    const settings = requireIdentitySettings({
      NODE_ENV: env.get('NODE_ENV'),
      AUTH0_DOMAIN: env.get('AUTH0_DOMAIN'),
      AUTH0_CLIENT_ID: env.get('AUTH0_CLIENT_ID'),
      AUTH0_CLIENT_SECRET: env.get('AUTH0_CLIENT_SECRET')?.release(),
    })
    if (settings) return useIdentityProvider(new IdentityProvider(settings))

    const { LocalIdentityProvider } = await import('#identity/local/local_identity_provider')
    this.#local = new LocalIdentityProvider()
    useIdentityProvider(await this.#local.start(env.get('APP_URL')))
  }

  async shutdown() {
    await this.#local?.stop()
  }
}
