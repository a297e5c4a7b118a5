import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { Peer } from '#tests/support/peer'

type Received = { key: string; id: string; body: any; headers: IncomingMessage['headers'] }

/** The receiver's answers to the next requests; after that it accepts mails. */
type Mood =
  | { status: number; name?: string; retryAfter?: number }
  | { silent: true }
  | { nonsense: string; status?: number }
  | { redirect: string }
  | { afterTaking: () => unknown }

/**
 * Stands in for Resend: accepts mails at POST /emails, once for each Idempotency-Key, and stores them in a ledger. It
 * can be slow, fail, fall silent, and send nonsense.
 */
export class ResendReceiver extends Peer {
  readonly mails: Received[] = []
  readonly moods: Mood[] = []
  /** Every request, in order, whatever the outcome. */
  readonly requests: { method: string; path: string; key: string | null }[] = []
  delay = 0

  static start() {
    return new ResendReceiver().listen()
  }

  get url() {
    return this.origin
  }

  /** What was delivered to an address. */
  to(email: string) {
    return this.mails.filter(({ body }) => String(body.to).includes(email))
  }

  protected async answer(request: IncomingMessage, response: ServerResponse) {
    const key = (request.headers['idempotency-key'] as string) ?? null
    this.requests.push({ method: request.method!, path: request.url!, key })
    const body = await read(request)
    const mood = this.moods.shift()
    await wait(this.delay)
    if (mood && 'silent' in mood) return
    if (mood && 'redirect' in mood)
      return response.writeHead(307, { location: mood.redirect }).end()
    if (mood && 'nonsense' in mood) return response.writeHead(mood.status ?? 200).end(mood.nonsense)
    if (mood && 'status' in mood) return refuse(response, mood)
    if (request.method !== 'POST' || request.url !== '/emails') {
      return refuse(response, { status: 404, name: 'not_found' })
    }
    const known = this.mails.find((mail) => mail.key === key)
    if (known && JSON.stringify(known.body) !== JSON.stringify(body)) {
      return refuse(response, { status: 409, name: 'invalid_idempotent_request' })
    }
    const mail = known ?? { key, id: randomUUID(), body, headers: request.headers }
    if (!known) this.mails.push(mail)
    if (mood && 'afterTaking' in mood) await mood.afterTaking()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: mail.id }))
  }
}

function refuse(
  response: ServerResponse,
  { status, name = 'error', retryAfter }: { status: number; name?: string; retryAfter?: number }
) {
  const after = retryAfter ? { 'retry-after': String(retryAfter) } : {}
  response.writeHead(status, { 'content-type': 'application/json', ...after })
  response.end(JSON.stringify({ statusCode: status, name, message: 'No' }))
}

async function read(request: IncomingMessage) {
  let text = ''
  for await (const part of request) text += part
  return text ? JSON.parse(text) : null
}
