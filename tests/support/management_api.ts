import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Auth0Management } from '#identity/auth0_management'
import { Peer } from '#tests/support/peer'

/** The API's answers to the next requests for an account; after that it deletes. */
type Mood =
  | { status: number; headers?: Record<string, string> }
  | { silent: true }
  | { revokeTokens: true }

const CLIENT = { id: 'management', secret: 'the secret of the application' }

/**
 * Stands in for Auth0: issues tokens for its Management API by client credentials, and deletes users at DELETE
 * /api/v2/users/{id}, as its reference says. Like Auth0 it answers 204 also for a user that does not exist.
 */
export class ManagementApi extends Peer {
  readonly users = new Set<string>()
  readonly moods: Mood[] = []
  readonly requests: { method: string; path: string }[] = []
  tokens = new Set<string>()

  static start() {
    return new ManagementApi().listen()
  }

  get domain() {
    return new URL(this.origin)
  }

  client(settings: { secret?: string; timeout?: number } = {}) {
    const { secret = CLIENT.secret, timeout } = settings
    return new Auth0Management(
      { domain: this.domain, clientId: CLIENT.id, clientSecret: secret },
      timeout
    )
  }

  protected async answer(request: IncomingMessage, response: ServerResponse) {
    const { method = '', url = '' } = request
    this.requests.push({ method, path: url })
    const body = await read(request)
    if (method === 'POST' && url === '/oauth/token') return this.#token(body, response)
    const id = url.match(/^\/api\/v2\/users\/([^/?]+)$/)?.[1]
    if (method !== 'DELETE' || !id) return refuse(response, 404)
    const mood = this.moods.shift()
    if (mood && 'silent' in mood) return
    if (mood && 'revokeTokens' in mood) this.tokens.clear()
    if (mood && 'status' in mood) return refuse(response, mood.status, mood.headers)
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    if (!this.tokens.has(token)) return refuse(response, 401)
    this.users.delete(decodeURIComponent(id))
    response.writeHead(204).end()
  }

  #token(body: any, response: ServerResponse) {
    const isKnown =
      body?.grant_type === 'client_credentials' &&
      body.client_id === CLIENT.id &&
      body.client_secret === CLIENT.secret
    if (!isKnown) return refuse(response, 401)
    if (body.audience !== new URL('api/v2/', this.domain).href) return refuse(response, 403)
    const token = randomUUID()
    this.tokens.add(token)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        access_token: token,
        token_type: 'Bearer',
        expires_in: 86_400,
        scope: 'delete:users',
      })
    )
  }
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ statusCode: status, error: 'No', message: 'No' }))
}

async function read(request: IncomingMessage) {
  let text = ''
  for await (const part of request) text += part
  return text ? JSON.parse(text) : null
}
