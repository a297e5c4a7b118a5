import * as client from 'openid-client'
import type { IdentitySettings } from '#config/identity'
import { claimedIdentity, type Identity } from '#identity/claimed_identity'
import { SignInRefused } from '#identity/sign_in_refused'

/** What a sign-in must bring back unchanged. Kept in the session, one at a time. */
export type PendingSignIn = {
  state: string
  nonce: string
  verifier: string
  returnTo: string
  /** The provider has to ask the person again, even if it still knows them. */
  again?: boolean
}

/** A person whom the local identity provider offers by name. */
type OfferedPerson = { name: string; email: string; title: string }

const CLOCK_TOLERANCE_SECONDS = 10
/** The greatest age of the sign-in at the provider when it was to ask again. */
const ANEW_SECONDS = 300
const DISCOVERY_LIFETIME = 3_600_000
const ALGORITHMS = ['RS256', 'ES256', 'PS256']

/** The only client of the identity provider. It trusts nothing that it has not verified. */
export class IdentityProvider {
  #discovered: { config: Promise<client.Configuration>; until: number } | null = null

  readonly people: OfferedPerson[]
  readonly #timeoutSeconds: number

  constructor(
    readonly settings: IdentitySettings,
    options: { people?: OfferedPerson[]; timeoutSeconds?: number } = {}
  ) {
    this.people = options.people ?? []
    this.#timeoutSeconds = options.timeoutSeconds ?? 3
  }

  get origin() {
    return this.settings.issuer.origin
  }

  /** Where the browser goes to sign in. Throws SignInRefused when the provider does not answer. */
  async authorizationUrl(pending: PendingSignIn, callbackUrl: string, loginHint?: string) {
    return client.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: callbackUrl,
      scope: 'openid profile email',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      ...(loginHint ? { login_hint: loginHint } : {}),
      ...(pending.again ? { prompt: 'login', max_age: String(ANEW_SECONDS) } : {}),
    })
  }

  /** Exchanges the code of the callback. Throws SignInRefused unless every check of the answer passes. */
  async exchange(callback: URL, pending: PendingSignIn): Promise<Identity & { idToken: string }> {
    const config = await this.#configuration()
    const tokens = await client
      .authorizationCodeGrant(config, callback, {
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.verifier,
        idTokenExpected: true,
        ...(pending.again ? { maxAge: ANEW_SECONDS } : {}),
      })
      .catch((error) => {
        throw refusal(error)
      })
    return { ...claimedIdentity(tokens.claims()!), idToken: tokens.id_token! }
  }

  /** Where the browser goes to sign out of the provider too; null when the provider does not answer. */
  async signOutUrl(returnTo: string, idToken?: string): Promise<URL | null> {
    const config = await this.#configuration().catch(() => null)
    if (!config) return null
    if (!config.serverMetadata().end_session_endpoint) return this.#auth0Logout(returnTo)
    return client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: returnTo,
      ...(idToken ? { id_token_hint: idToken } : {}),
    })
  }

  #auth0Logout(returnTo: string) {
    const url = new URL('v2/logout', this.settings.issuer)
    url.search = String(new URLSearchParams({ client_id: this.settings.clientId, returnTo }))
    return url
  }

  async #configuration() {
    if (!this.#discovered || this.#discovered.until < Date.now()) {
      this.#discovered = { config: this.#discover(), until: Date.now() + DISCOVERY_LIFETIME }
    }
    try {
      return await this.#discovered.config
    } catch (error) {
      this.#discovered = null
      throw new SignInRefused('unavailable', error)
    }
  }

  async #discover() {
    const { issuer, clientId, clientSecret } = this.settings
    const extensions = isLoopback(issuer) ? [client.allowInsecureRequests] : []
    const found = await client.discovery(issuer, clientId, clientSecret, undefined, {
      timeout: this.#timeoutSeconds,
      execute: extensions,
    })
    const config = new client.Configuration(restricted(found.serverMetadata()), clientId, {
      client_secret: clientSecret,
      [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
    })
    config.timeout = this.#timeoutSeconds
    /** Without it openid-client takes TLS as the proof and does not check the signature. */
    client.enableNonRepudiationChecks(config)
    extensions.forEach((extend) => extend(config))
    return config
  }
}

let current: IdentityProvider | null = null

/** The provider with which this process signs people in. */
export function identityProvider() {
  if (!current) throw new Error('No identity provider has been set up')
  return current
}

/** Sets who signs people in, when the process starts. */
export function useIdentityProvider(provider: IdentityProvider) {
  current = provider
}

/** A provider may offer weak algorithms beside strong ones; only the strong ones are accepted. */
function restricted(metadata: client.ServerMetadata) {
  const offered = metadata.id_token_signing_alg_values_supported ?? ['RS256']
  const accepted = offered.filter((algorithm) => ALGORITHMS.includes(algorithm))
  return { ...metadata, id_token_signing_alg_values_supported: accepted }
}

function isLoopback({ protocol, hostname }: URL) {
  return protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)
}

/** No answer, errors, or pages in place of data: trouble at the provider rather than an attack. */
const NO_ANSWER = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]

function refusal(error: any) {
  if (error instanceof client.AuthorizationResponseError) return new SignInRefused('denied', error)
  if (error instanceof TypeError || NO_ANSWER.includes(error.code)) {
    return new SignInRefused('unavailable', error)
  }
  return new SignInRefused('untrusted', error)
}
