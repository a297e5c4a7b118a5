import type { IncomingMessage, ServerResponse } from 'node:http'
import { Peer } from '#tests/support/peer'

/** What can be wrong with someone else's service. */
export const faults = ['down', 'silent', 'html', 'error', 'truncated', 'huge'] as const

export type Fault = (typeof faults)[number]

const PAGE = '<!doctype html><title>Maintenance</title><h1>Back soon</h1>'
const HUGE = 20 * 1024 * 1024

/** Stands in for any service, with one fault. */
export class TroubledPeer extends Peer {
  private constructor(private fault: Fault) {
    super()
  }

  static async start(fault: Fault) {
    const peer = await new TroubledPeer(fault).listen()
    if (fault === 'down') await peer.stop()
    return peer
  }

  protected answer(_: IncomingMessage, response: ServerResponse) {
    const json = { 'content-type': 'application/json' }
    if (this.fault === 'silent') return
    if (this.fault === 'error') return response.writeHead(500).end()
    if (this.fault === 'html') {
      return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
    }
    if (this.fault === 'huge') return response.writeHead(200, json).end(Buffer.alloc(HUGE, 'a'))
    response.writeHead(200, { ...json, 'content-length': '1000' })
    return response.write('{"id":"', () => response.destroy())
  }
}
