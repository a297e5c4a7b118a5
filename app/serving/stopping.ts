import type { Server, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** How long each step of stopping lasts, in milliseconds. */
export type Pace = {
  /** Keeps answering, while the load balancer learns to send requests elsewhere. */
  notice: number
  /** Then lets streams run on; their readers are told to ask again. */
  streams: number
  /** Then lets everything else finish; what is left is cut off. */
  rest: number
}

/** Ends a web process without dropping a request. */
export class Stopping {
  #hasBegun = false
  #answering = new Set<ServerResponse>()
  #work = new Set<Promise<unknown>>()
  #streams = new AbortController()

  get hasBegun() {
    return this.#hasBegun
  }

  /** Says that anything long-running has to end now. */
  get streamsEnd(): AbortSignal {
    return this.#streams.signal
  }

  /** From the start of shutdown every answer closes its connection, so that none is reused. */
  watch(server: Server) {
    server.prependListener('request', (_request, response) => {
      this.#answering.add(response)
      response.once('close', () => this.#answering.delete(response))
      if (this.#hasBegun) response.shouldKeepAlive = false
    })
  }

  /** Makes the process wait for work that no request waits for. */
  awaits(work: Promise<unknown>) {
    const settled: Promise<unknown> = work.catch(() => {}).then(() => this.#work.delete(settled))
    this.#work.add(settled)
  }

  /** Returns when no new connection is to be accepted any more. */
  async begin(server: Server, { notice, streams, rest }: Pace) {
    this.#hasBegun = true
    for (const response of this.#answering) response.shouldKeepAlive = false
    if (notice > 0) await wait(notice)
    setTimeout(() => this.#streams.abort(), streams).unref()
    setTimeout(() => server.closeAllConnections(), streams + rest).unref()
  }

  /** Returns when the work that no request waits for is done. */
  async end() {
    this.#streams.abort()
    await Promise.all(this.#work)
  }
}

export const stopping = new Stopping()
