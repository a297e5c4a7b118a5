import * as client from 'openid-client'
import type { AllyDriverContract, AllyUserContract } from '@adonisjs/ally/types'
import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import type { IdentityProvider, PendingSignIn } from '#identity/identity_provider'
import { SignInRefused } from '#identity/sign_in_refused'

const PENDING = 'sign_in'
const CALLBACK_PATH = '/session/callback'

type Token = { token: string; type: 'id_token' }
type Request = { returnTo: string; loginHint?: string; again?: boolean }

/**
 * OpenID Connect for Ally. Ally's own base class keeps state and verifier in cookies, has no nonce and verifies no
 * id_token; here they are kept in the session and openid-client verifies.
 */
export class OidcDriver implements AllyDriverContract<Token, string> {
  readonly version = 'oauth2'
  readonly config = {}
  #pending: PendingSignIn | null = null
  #request: Request = { returnTo: '/' }

  constructor(
    private ctx: HttpContext,
    private provider: IdentityProvider
  ) {}

  /** Where to go after signing in, whom to suggest to the provider, and whether it asks them again. */
  asking(request: Request) {
    this.#request = request
    return this
  }

  /** Remembers a new sign-in in the session and sends the browser to the provider. */
  async redirect() {
    this.ctx.response.seeOther(await this.redirectUrl())
  }

  /** Like `redirect`, but only returns the address. */
  async redirectUrl() {
    const pending: PendingSignIn = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      returnTo: this.#request.returnTo,
      again: this.#request.again,
    }
    const { loginHint } = this.#request
    const url = await this.provider.authorizationUrl(pending, appUrl + CALLBACK_PATH, loginHint)
    this.ctx.session.put(PENDING, pending)
    return url.href
  }

  /** The verified person of this callback. A callback counts once, whatever the outcome. */
  async user(): Promise<AllyUserContract<Token>> {
    const pending = this.#takePending()
    if (!pending || this.stateMisMatch()) throw new SignInRefused('interrupted')
    const callback = new URL(this.ctx.request.url(true), appUrl)
    const { subject, email, name, idToken } = await this.provider.exchange(callback, pending)
    return {
      id: subject,
      name,
      email,
      nickName: name,
      emailVerificationState: 'verified',
      avatarUrl: null,
      token: { token: idToken, type: 'id_token' },
      original: {},
    }
  }

  /** The page that the sign-in was started for. */
  returnTo() {
    return this.#takePending()?.returnTo ?? '/'
  }

  stateMisMatch() {
    const { state } = this.ctx.request.qs()
    return typeof state !== 'string' || state !== this.#takePending()?.state
  }

  hasCode() {
    return this.getCode() !== null
  }

  getCode(): string | null {
    return this.ctx.request.qs().code ?? null
  }

  accessDenied() {
    return this.getError() === 'access_denied'
  }

  hasError() {
    return this.getError() !== null
  }

  getError(): string | null {
    return this.ctx.request.qs().error ?? null
  }

  async accessToken() {
    return (await this.user()).token
  }

  stateless(): this {
    throw new Error('A sign-in without state could be forged')
  }

  userFromToken(): never {
    throw new Error('A person is known only by a sign-in that this application started')
  }

  userFromTokenAndSecret(): never {
    return this.userFromToken()
  }

  #takePending() {
    this.#pending ??= this.ctx.session.pull(PENDING, null)
    return this.#pending
  }
}
