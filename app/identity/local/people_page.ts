import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { demoPeople } from '#database/demo/people'
import type { Accounts } from '#identity/local/accounts'
import { renderPeople, STYLE_HASH } from '#identity/local/people_html'

const MAXIMUM_BODY = 4096
const EMAIL = /^[^\s@]+@[^\s@]+$/

/** Asks who is signing in: one click for each demo person, or a name and an address. */
export class PeoplePage {
  constructor(
    private provider: Provider,
    private accounts: Accounts,
    private appOrigin: string
  ) {}

  answers(request: IncomingMessage) {
    return request.url!.startsWith('/people/')
  }

  async answer(request: IncomingMessage, response: ServerResponse) {
    const { params } = await this.provider.interactionDetails(request, response)
    if (request.method === 'POST') return this.#choose(request, response)
    const hinted = this.accounts.demo(params.login_hint)
    if (hinted) return this.#finish(request, response, hinted)
    this.#show(request, response, 200)
  }

  async #choose(request: IncomingMessage, response: ServerResponse) {
    const form = await readForm(request)
    const email = form.get('email')?.trim() ?? ''
    const name = form.get('name')?.trim() || email.split('@')[0]
    const demo = this.accounts.demo(email)
    if (!demo && !EMAIL.test(email)) {
      return this.#show(request, response, 422, 'Please type an email address.')
    }
    await this.#finish(request, response, demo ?? this.accounts.add(name, email))
  }

  #finish(request: IncomingMessage, response: ServerResponse, accountId: string) {
    return this.provider.interactionFinished(request, response, {
      login: { accountId, remember: false },
    })
  }

  /** Browsers apply form-action to a form's redirects too, so it includes the application's origin. */
  #show(request: IncomingMessage, response: ServerResponse, status: number, problem?: string) {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': [
        `default-src 'none'`,
        `style-src '${STYLE_HASH}'`,
        `form-action 'self' ${this.appOrigin}`,
        `base-uri 'none'`,
        `frame-ancestors 'none'`,
      ].join('; '),
    })
    response.end(renderPeople({ people: demoPeople, action: request.url!, problem }))
  }
}

async function readForm(request: IncomingMessage) {
  let body = ''
  for await (const chunk of request) {
    body += chunk
    if (body.length > MAXIMUM_BODY) throw new Error('The form is too long')
  }
  return new URLSearchParams(body)
}
