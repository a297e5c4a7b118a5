import type { Server, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** How long each step of stopping lasts, in milliseconds. */
export type Pace = {
  /** Goes on answering, while whoever spreads requests learns that it is to go elsewhere. */
  notice: number
  /** Then lets streams run on; whoever reads one is told to ask again. */
  streams: number
  /** Then lets everything else end; what still goes on is cut off. */
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

  /** Says that what would go on for long has to end now. */
  get streamsEnd(): AbortSignal {
    return this.#streams.signal
  }

  /** Has every answer from the beginning of the end on close its connection, so that none is reused. */
  watch(server: Server) {
    server.prependListener('request', (_request, response) => {
      this.#answering.add(response)
      response.once('close', () => this.#answering.delete(response))
      if (this.#hasBegun) response.shouldKeepAlive = false
    })
  }

  /** Has the process wait for work that no request waits for. */
  awaits(work: Promise<unknown>) {
    const settled: Promise<unknown> = work.catch(() => {}).then(() => this.#work.delete(settled))
    this.#work.add(settled)
  }

  /** Returns when no new connection is to be taken any more. */
  async begin(server: Server, { notice, streams, rest }: Pace) {
    this.#hasBegun = true
    for (const response of this.#answering) response.shouldKeepAlive = false
    if (notice > 0) await wait(notice)
    setTimeout(() => this.#streams.abort(), streams).unref()
    setTimeout(() => server.closeAllConnections(), streams + rest).unref()
  }

  /** Returns when the work is done that no request waits for. */
  async end() {
    this.#streams.abort()
    await Promise.all(this.#work)
  }
}

export const stopping = new Stopping()
