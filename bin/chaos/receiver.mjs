import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'

/** Accepts mails as Resend does: once for each key, and with the same answer for a known key. */
export class Receiver {
  /** What was accepted, by key. */
  #taken = new Map()
  /** How often it was asked to accept one. */
  calls = 0

  static async start() {
    const receiver = new Receiver()
    const server = createServer((request, response) => receiver.#take(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    receiver.url = `http://127.0.0.1:${server.address().port}`
    return receiver
  }

  get mails() {
    return [...this.#taken.values()]
  }

  async #take(request, response) {
    this.calls++
    const key = request.headers['idempotency-key']
    const body = await json(request).catch(() => null)
    if (request.url !== '/emails' || !key || !body) return response.writeHead(400).end()
    const known = this.#taken.get(key) ?? { id: randomUUID(), body }
    this.#taken.set(key, known)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: known.id }))
  }
}
