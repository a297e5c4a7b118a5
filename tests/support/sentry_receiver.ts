import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { Peer } from '#tests/support/peer'

type Item = { type: string; body: any }

/**
 * Stands in for Sentry: accepts envelopes at POST /api/<project>/envelope/, in its protocol, and stores their contents.
 * It can fail and fall silent.
 */
export class SentryReceiver extends Peer {
  /** Whole envelopes, as they came. */
  readonly raw: string[] = []
  readonly items: Item[] = []
  mood: 'well' | 'failing' | 'silent' = 'well'

  static start() {
    return new SentryReceiver().listen()
  }

  get dsn() {
    return `${this.origin.replace('://', '://key@')}/1`
  }

  get events() {
    return this.items.filter(({ type }) => type === 'event').map(({ body }) => body)
  }

  get spans() {
    return this.items.filter(({ type }) => type === 'span').flatMap(({ body }) => body.items)
  }

  protected async answer(request: IncomingMessage, response: ServerResponse) {
    const body = await readBody(request)
    if (this.mood === 'silent') return
    if (this.mood === 'failing') return response.writeHead(500).end()
    this.#take(body)
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }

  #take(body: string) {
    this.raw.push(body)
    const [, ...lines] = body.split('\n').filter(Boolean)
    for (let at = 0; at < lines.length; at += 2) {
      this.items.push({ type: JSON.parse(lines[at]).type, body: JSON.parse(lines[at + 1]) })
    }
  }
}

async function readBody(request: IncomingMessage) {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const body = Buffer.concat(parts)
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
}
