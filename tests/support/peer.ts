import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this machine that stands in for someone else's. */
export abstract class Peer {
  #port = 0
  #server = createServer((request, response) => {
    void Promise.resolve(this.answer(request, response)).catch(() => response.destroy())
  })

  /** Answers one request, or leaves it waiting. */
  protected abstract answer(request: IncomingMessage, response: ServerResponse): unknown

  /** Starts listening; at the same address again after `stop`. */
  async listen() {
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
    return this
  }

  /** Its address, such as `http://127.0.0.1:4711`. */
  get origin() {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Nothing answers any more, and open connections break off. */
  async stop() {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }
}
