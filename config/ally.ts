import { defineConfig } from '@adonisjs/ally'
import type { HttpContext } from '@adonisjs/core/http'
import { identityProvider } from '#identity/identity_provider'
import { OidcDriver } from '#identity/oidc_driver'

const allyConfig = defineConfig({
  oidc: (ctx: HttpContext) => new OidcDriver(ctx, identityProvider()),
})

export default allyConfig

declare module '@adonisjs/ally/types' {
  interface SocialProviders extends InferSocialProviders<typeof allyConfig> {}
}
