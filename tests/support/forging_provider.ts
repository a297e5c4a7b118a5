import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { SignJWT, UnsecuredJWT } from 'jose'
import {
  identityProvider,
  IdentityProvider,
  useIdentityProvider,
} from '#identity/identity_provider'
import { Peer } from '#tests/support/peer'

const KID = 'key-1'

/** How one id_token differs from an honest one. */
export type Forgery = {
  claims?: Record<string, unknown>
  algorithm?: 'RS256' | 'RS384' | 'ES256' | 'PS256' | 'HS256' | 'none'
  /** Signed with a key that the provider never published. */
  foreignKey?: boolean
}

const JSON_TYPE = { 'content-type': 'application/json' }
const HUGE = 20 * 1024 * 1024

type Fault = 'none' | 'slow' | 'nonsense' | 'truncated' | 'huge' | 'error'
type Grant = { nonce: string; challenge: string; forgery: Forgery }

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** An identity provider that can be made to lie, hang or send nonsense. Otherwise it is strict. */
export class ForgingProvider extends Peer {
  discovery: Fault = 'none'
  token: Fault = 'none'
  tokenRequests = 0
  /** Metadata that replaces the honest one. */
  metadata: Record<string, unknown> = {}
  #grants = new Map<string, Grant>()
  #before = identityProvider()

  /** Listens, and replaces the application's provider until `stop`. */
  async start() {
    await this.listen()
    this.forget()
    return this
  }

  /** Makes the application discover this provider anew. */
  forget() {
    useIdentityProvider(
      new IdentityProvider(
        { issuer: new URL(this.issuer), clientId: 'client', clientSecret: 'secret' },
        { timeoutSeconds: 0.5 }
      )
    )
  }

  async stop() {
    useIdentityProvider(this.#before)
    await super.stop()
  }

  get issuer() {
    return this.origin
  }

  /** Grants a code for the authorization that the application asked for. */
  grant(authorizationUrl: string, forgery: Forgery = {}) {
    const { searchParams } = new URL(authorizationUrl)
    const code = randomUUID()
    this.#grants.set(code, {
      nonce: searchParams.get('nonce')!,
      challenge: searchParams.get('code_challenge')!,
      forgery,
    })
    return code
  }

  protected async answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url!, this.issuer)
    if (pathname === '/.well-known/openid-configuration') {
      return answer(response, this.discovery, () => this.#metadata())
    }
    if (pathname === '/jwks') return answer(response, 'none', () => jwks())
    if (pathname === '/token') {
      this.tokenRequests++
      const form = await readForm(request)
      return answer(response, this.token, () => this.#redeem(form))
    }
    response.writeHead(404).end()
  }

  #metadata() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      end_session_endpoint: `${this.issuer}/logout`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256', 'RS384', 'ES256', 'PS256'],
      ...this.metadata,
    }
  }

  async #redeem(form: URLSearchParams) {
    const grant = this.#grants.get(form.get('code')!)
    this.#grants.delete(form.get('code')!)
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '')
    const authentic = form.get('client_id') === 'client' && form.get('client_secret') === 'secret'
    if (!grant || !authentic || challenge.digest('base64url') !== grant.challenge) {
      return { status: 400, error: 'invalid_grant' }
    }
    return {
      access_token: randomUUID(),
      token_type: 'bearer',
      expires_in: 600,
      id_token: await this.#idToken(grant),
    }
  }

  async #idToken({ nonce, forgery }: Grant) {
    const now = Math.floor(Date.now() / 1000)
    const claims = defined({
      iss: this.issuer,
      aud: 'client',
      sub: `test|${randomUUID()}`,
      iat: now,
      exp: now + 300,
      nonce,
      email: `${randomUUID()}@example.test`,
      email_verified: true,
      name: 'Testing Person',
      ...forgery.claims,
    })
    const { algorithm = 'RS256' } = forgery
    if (algorithm === 'none') return new UnsecuredJWT(claims).encode()
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: algorithm === 'ES256' ? 'key-2' : KID })
      .sign(signingKey(algorithm, forgery.foreignKey))
  }
}

function signingKey(algorithm: string, foreignKey = false): KeyObject | Uint8Array {
  if (algorithm === 'HS256') {
    return Buffer.from(rsa.publicKey.export({ format: 'pem', type: 'spki' }))
  }
  if (algorithm === 'ES256') return ec.privateKey
  return foreignKey ? foreign.privateKey : rsa.privateKey
}

function jwks() {
  return {
    keys: [
      { ...rsa.publicKey.export({ format: 'jwk' }), kid: KID, use: 'sig' },
      { ...ec.publicKey.export({ format: 'jwk' }), kid: 'key-2', use: 'sig' },
    ],
  }
}

async function answer(response: ServerResponse, fault: Fault, body: () => unknown) {
  if (fault === 'slow') return
  if (fault === 'nonsense') return response.writeHead(200).end('<h1>Hello</h1>')
  if (fault === 'truncated') return response.writeHead(200, JSON_TYPE).end('{"issuer":"htt')
  if (fault === 'huge') return response.writeHead(200, JSON_TYPE).end(Buffer.alloc(HUGE, 'a'))
  if (fault === 'error') return response.writeHead(500).end()
  const { status = 200, ...json } = (await body()) as { status?: number }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}

async function readForm(request: IncomingMessage) {
  let body = ''
  for await (const chunk of request) body += chunk
  return new URLSearchParams(body)
}

function defined(claims: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}
