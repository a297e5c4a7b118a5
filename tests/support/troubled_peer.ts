import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What may be wrong with somebody else's service. */
export const faults = ['down', 'silent', 'html', 'error', 'truncated', 'huge'] as const

export type Fault = (typeof faults)[number]

const PAGE = '<!doctype html><title>Maintenance</title><h1>Back soon</h1>'
const HUGE = 20 * 1024 * 1024

/** Stands in for any service, and has one fault. */
export class TroubledPeer {
  #server = createServer((_, response) => this.#answer(response))
  #open = new Set<ServerResponse>()
  url = ''

  private constructor(private fault: Fault) {}

  static async start(fault: Fault) {
    const peer = new TroubledPeer(fault)
    peer.#server.listen(0, '127.0.0.1')
    await once(peer.#server, 'listening')
    peer.url = `http://127.0.0.1:${(peer.#server.address() as AddressInfo).port}`
    if (fault === 'down') await peer.stop()
    return peer
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }

  #answer(response: ServerResponse) {
    const json = { 'content-type': 'application/json' }
    if (this.fault === 'silent') return this.#open.add(response)
    if (this.fault === 'error') return response.writeHead(500).end()
    if (this.fault === 'html') {
      return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
    }
    if (this.fault === 'huge') return response.writeHead(200, json).end(Buffer.alloc(HUGE, 'a'))
    response.writeHead(200, { ...json, 'content-length': '1000' })
    return response.write('{"id":"', () => response.destroy())
  }
}
