import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

type Item = { type: string; body: any }

/**
 * Stands in for Sentry: takes envelopes at POST /api/<project>/envelope/, as its protocol lays them out,
 * and keeps what they hold. It can fail and fall silent.
 */
export class SentryReceiver {
  /** Whole envelopes, as they came. */
  readonly raw: string[] = []
  readonly items: Item[] = []
  mood: 'well' | 'failing' | 'silent' = 'well'
  #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      void readBody(request).then((body) => {
        if (this.mood === 'silent') return
        if (this.mood === 'failing') return response.writeHead(500).end()
        this.#take(body)
        return response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      })
    })
  }

  static async start() {
    const receiver = new SentryReceiver()
    receiver.#server.listen(0, '127.0.0.1')
    await once(receiver.#server, 'listening')
    return receiver
  }

  get dsn() {
    return `http://key@127.0.0.1:${(this.#server.address() as AddressInfo).port}/1`
  }

  get events() {
    return this.items.filter(({ type }) => type === 'event').map(({ body }) => body)
  }

  get spans() {
    return this.items.filter(({ type }) => type === 'span').flatMap(({ body }) => body.items)
  }

  stop() {
    this.#server.close()
    this.#server.closeAllConnections()
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
