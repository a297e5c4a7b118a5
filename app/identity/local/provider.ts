import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { IdentitySettings } from '#config/identity'
import { Accounts } from '#identity/local/accounts'
import { MemoryAdapter } from '#identity/local/memory_adapter'

const SCOPE = 'openid profile email'

/** A standard provider with one client, keys of its own and nothing kept after the process ends. */
export async function openProvider(appUrl: string, settings: IdentitySettings) {
  const { Provider, interactionPolicy } = await import('oidc-provider')
  const accounts = new Accounts()
  const policy = interactionPolicy.base()
  policy.get('login')!.checks.add(
    new interactionPolicy.Check('somebody', 'Who signs in is asked every time', (ctx) => {
      return !ctx.oidc.result?.login
    })
  )
  const configuration: Configuration = {
    adapter: MemoryAdapter,
    clients: [client(appUrl, settings)],
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    scopes: SCOPE.split(' '),
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_ctx, subject) => accounts.find(subject),
    loadExistingGrant: grantOf,
    interactions: { policy, url: (_ctx, { uid }) => `/people/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: endSession },
    },
    ttl: { Interaction: 3600, Session: 3600, Grant: 3600, IdToken: 3600, AccessToken: 600 },
  }
  const provider = new Provider(settings.issuer.origin, configuration)
  return { provider, accounts }
}

function client(appUrl: string, { clientId, clientSecret }: IdentitySettings) {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [`${appUrl}/session/callback`],
    post_logout_redirect_uris: [`${appUrl}/sign-in`],
    id_token_signed_response_alg: 'ES256' as const,
    token_endpoint_auth_method: 'client_secret_post' as const,
  }
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }
}

/** No one is asked to consent: the only client is this application. */
async function grantOf({ oidc }: KoaContextWithOIDC) {
  const { clientId } = oidc.client!
  const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session!.accountId })
  grant.addOIDCScope(SCOPE)
  await grant.save()
  return grant
}

/** Ends the session without a question, where the standard page would ask for one more click. */
async function endSession(ctx: KoaContextWithOIDC) {
  const { session } = ctx.oidc
  const { postLogoutRedirectUri } = session!.state as { postLogoutRedirectUri?: string }
  await session!.destroy()
  ctx.redirect(postLogoutRedirectUri ?? ctx.oidc.urlFor('end_session_success'))
}
