/** Our credentials for Auth0's Management API: a separate application with only `delete:users`. */
type ManagementSettings = { domain: URL; clientId: string; clientSecret: string }

/** `absent`: there is no such account (any more). `refused`: not now; `retryAfter` in seconds, if we were told. */
export type RemovalOutcome =
  | { kind: 'deleted' }
  | { kind: 'absent' }
  | { kind: 'refused'; failure: string; retryAfter: number | null }

/** The service that keeps the accounts with which people sign in. */
export type AccountRemover = { remove(subject: string): Promise<RemovalOutcome> }

const TIMEOUT = 10_000
const EXPIRY_MARGIN = 60_000

/** The only client of Auth0's Management API. It can delete accounts, and do nothing else. */
export class Auth0Management implements AccountRemover {
  #token: { value: string; until: number } | null = null

  constructor(
    private settings: ManagementSettings,
    private timeout = TIMEOUT
  ) {}

  async remove(subject: string): Promise<RemovalOutcome> {
    const token = await this.#accessToken()
    if (typeof token !== 'string') return token
    const answer = await this.#ask(`api/v2/users/${encodeURIComponent(subject)}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
    if (answer?.status === 204) return { kind: 'deleted' }
    if (answer?.status === 404) return { kind: 'absent' }
    if (answer?.status === 401) this.#token = null
    return refusal(answer)
  }

  /** By client credentials; kept until shortly before it expires. */
  async #accessToken(): Promise<string | RemovalOutcome> {
    if (this.#token && this.#token.until > Date.now()) return this.#token.value
    const { domain, clientId, clientSecret } = this.settings
    const answer = await this.#ask('oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        audience: new URL('api/v2/', domain).href,
      }),
    })
    const given = answer?.ok ? await answer.json().catch(() => null) : null
    if (typeof given?.access_token !== 'string') return refusal(answer)
    const lifetime = Number(given.expires_in) * 1000 || 0
    this.#token = { value: given.access_token, until: Date.now() + lifetime - EXPIRY_MARGIN }
    return given.access_token
  }

  /** Null when there is no answer. A redirect could lead anywhere, so none is followed. */
  #ask(path: string, init: RequestInit): Promise<Response | null> {
    const signal = AbortSignal.timeout(this.timeout)
    return fetch(new URL(path, this.settings.domain), { ...init, signal, redirect: 'error' }).catch(
      () => null
    )
  }
}

function refusal(answer: Response | null): RemovalOutcome {
  const failure = answer ? `http_${answer.status}` : 'no_answer'
  return { kind: 'refused', failure, retryAfter: secondsUntil(answer?.headers) }
}

/** Auth0 tells the second in which it takes requests again; `Retry-After` is the standard's way. */
function secondsUntil(headers: Headers | undefined) {
  const after = headers?.get('retry-after')
  if (after && /^\d{1,5}$/.test(after)) return Number(after)
  const reset = headers?.get('x-ratelimit-reset')
  if (!reset || !/^\d{9,11}$/.test(reset)) return null
  return Math.max(1, Number(reset) - Math.floor(Date.now() / 1000))
}
